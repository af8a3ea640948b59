//! `hoidap eval` on a few questions to the tiny corpus.

use super::harness::Place;

const GOLD: &str = r#"{"id":"a","q":"Ai chủ trì việc mua sách mới?","kind":"answer","intent":"who","units":["ban-quan-ly-thu-vien"],"gold":["quy-che-05#III.1"],"must":["mua sách mới"]}
{"id":"b","q":"Giá vé xe buýt đi Đà Nẵng là bao nhiêu?","kind":"abstain","note":"không nói tới"}
{"id":"c","q":"Ai chủ trì việc mua sách mới?","kind":"answer","gold":["thong-bao-12#noi-dung"]}
{"id":"d","turns":[{"q":"Ban quản lý thư viện có nhiệm vụ gì?"},{"q":"còn Đoàn xã?","kind":"answer","gold":["quy-che-05#III.2"]}]}
"#;

fn place() -> Place {
    let place = Place::new();
    std::fs::create_dir(place.path("gold")).unwrap();
    place.write("gold/thu.jsonl", GOLD);
    place
}

#[test]
fn a_table_for_people() {
    let ran = place().hoidap(&["eval", "gold", "--fails"]);
    ran.code(0).quiet();
    ran.prints("đúng chính tả")
        .prints("VNI thô")
        .prints("75,0 % (30,1–95,4)");
    ran.prints("Trích nguyên văn: 100,0 %");
    ran.prints("✗ c [mọi cách gõ]")
        .prints("trích trước hết quy-che-05#III.1")
        .prints_not("✗ a");
}

#[test]
fn measures_for_machines() {
    let measures = place()
        .hoidap(&["eval", "gold/thu.jsonl", "--json"])
        .code(0)
        .quiet()
        .object();
    assert_eq!(measures["questions"], 4);
    assert_eq!(measures["forms"]["clean"]["right"]["hits"], 3);
    assert_eq!(measures["forms"].as_object().unwrap().len(), 10);
    assert_eq!(measures["literal"]["percent"], 100.0);
    assert_eq!(measures["files"]["thu"]["clean"]["all"], 4);
}

#[test]
fn the_committed_table_holds_what_was_right() {
    let place = place();
    place
        .hoidap(&["eval", "gold", "--write", "bang.tsv"])
        .code(0);
    let table = place.read("bang.tsv");
    assert!(table.contains("\na\t=1\t=1\t"), "{table}");
    assert!(table.contains("\nb\t=\t=\t"), "{table}");
    assert!(table.contains("\nc\tx"), "{table}");
    assert!(table.contains("\nd.2\t="), "{table}");

    let check = ["eval", "gold", "--check", "bang.tsv"];
    place
        .hoidap(&check)
        .code(1)
        .warns("dưới sàn: clean 75.0 % < 97 %");
    let lower = ["97", "93", "95"].iter().fold(table, |table, floor| {
        table.replace(&format!("\t{floor}\n"), "\t20\n")
    });
    place.write("bang.tsv", lower);
    place.hoidap(&check).code(0).quiet();

    place.change("bang.tsv", "\nc\tx", "\nc\t=");
    place
        .hoidap(&check)
        .code(1)
        .warns("nay sai: c [đúng chính tả]");
    place
        .hoidap(&["eval", "gold", "--write", "bang.tsv"])
        .code(0);
    assert!(
        place.read("bang.tsv").contains("# sàn clean\t20\n"),
        "floors stay"
    );
    place.hoidap(&check).code(0).quiet();

    place.change("gold/thu.jsonl", "\"id\":\"b\"", "\"id\":\"e\"");
    place
        .hoidap(&check)
        .code(0)
        .warns("chưa có trong bảng: e")
        .warns("không còn hỏi: b");
}

#[test]
fn wrong_questions_are_all_told() {
    let place = place();
    place.write("gold/sai.jsonl", "{\"id\":\"a\",\"q\":\"x\",\"kind\":\"abstain\"}\n{\"id\":\"y\",\"q\":\"x\",\"gold\":[\"quy-che-05#IX.9\"],\"units\":[\"ma\"]}\n{\"knd\":1}\n");
    let ran = place.hoidap(&["eval", "gold"]);
    ran.code(1);
    ran.warns("gold/sai.jsonl:3: ")
        .warns("quy-che-05#IX.9")
        .warns("ma\n")
        .warns("mã “a”");
}

#[test]
fn no_questions_and_no_file() {
    let place = place();
    place
        .hoidap(&["eval", "khong-co.jsonl"])
        .code(1)
        .warns("hoidap: khong-co.jsonl: ");
    place.write("trong.jsonl", "\n");
    place
        .hoidap(&["eval", "trong.jsonl"])
        .code(1)
        .warns("không có câu hỏi nào");
}

#[test]
fn generated_questions_are_counted() {
    let place = place();
    let ran = place.hoidap(&["eval", "--generate", "250", "--seed", "3"]);
    ran.code(0).quiet();
    ran.prints("Đã hỏi 250 câu.")
        .prints("Câu trả lời có lỗi: 0.")
        .prints("Số gieo 3;");
    place.hoidap(&["eval", "gold", "--generate", "250"]).code(2);
    place.hoidap(&["eval", "gold", "--seed", "3"]).code(2);
}
