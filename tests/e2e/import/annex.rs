//! A decision whose annex gives eighty tasks in a table over several pages: every one of them is
//! proposed, with who leads, who helps and until when.

use std::collections::BTreeSet;

use hoidap::corpus::{Corpus, Role};

use super::super::harness::Place;
use super::office;
use super::paper::{Letters, Paper};

const LEADS: [&str; 8] = [
    "Sở Y tế",
    "Sở Giáo dục và Đào tạo",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Công an tỉnh",
    "Sở Lao động - Thương binh và Xã hội",
    "Sở Tài chính",
    "Ủy ban nhân dân các huyện, thành phố",
    "Đài Phát thanh và Truyền hình tỉnh",
];
const HELPS: [&str; 4] = [
    "Sở Tư pháp",
    "Hội Liên hiệp Phụ nữ tỉnh",
    "Tỉnh đoàn",
    "Sở Thông tin và Truyền thông",
];
const WORKS: [&str; 10] = [
    "Rà soát, lập danh sách trẻ em có hoàn cảnh đặc biệt",
    "Tổ chức dạy bơi cho học sinh tiểu học",
    "Sửa chữa, rào chắn ao hồ gần khu dân cư",
    "Tập huấn kỹ năng cho cộng tác viên thôn, bản",
    "Khám sức khỏe định kỳ cho học sinh",
    "Xây dựng điểm vui chơi tại nhà văn hóa",
    "Truyền thông về phòng, chống xâm hại trẻ em",
    "Hỗ trợ trẻ em mồ côi đến trường",
    "Kiểm tra bếp ăn của các trường bán trú",
    "Mở lớp đọc sách trong hè",
];
const TIMES: [&str; 5] = [
    "Quý III/2024",
    "Tháng 12/2024",
    "Trước ngày 30/6/2025",
    "Hằng năm",
    "Quý II/2025",
];

/// What a row says: number, work, lead, helps, time.
fn rows() -> Vec<(usize, String, &'static str, Vec<&'static str>, &'static str)> {
    (0..80)
        .map(|at| {
            let work = format!("{} đợt {}", WORKS[at % 10], at / 10 + 1);
            let helps = vec![HELPS[at % 4], LEADS[(at + 3) % 8]];
            (at + 1, work, LEADS[at % 8], helps, TIMES[at % 5])
        })
        .collect()
}

fn decision() -> Paper {
    let mut text = String::from(
        "|ỦY BAN NHÂN DÂN // TỈNH BÌNH MINH // Số: 215/QĐ-UBND|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM // Độc lập - Tự do - Hạnh phúc // Bình Minh, ngày 05 tháng 6 năm 2024\n\
         >* QUYẾT ĐỊNH\n>* Về việc phân công nhiệm vụ bảo vệ trẻ em giai đoạn 2024 - 2025\n\
         >* ỦY BAN NHÂN DÂN TỈNH BÌNH MINH\n\
         Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;\n\
         Theo đề nghị của Giám đốc Sở Lao động - Thương binh và Xã hội.\n\
         >* QUYẾT ĐỊNH:\n\
         Điều 1. Phân công nhiệm vụ cho các cơ quan, đơn vị theo Phụ lục ban hành kèm theo Quyết định này.\n\
         Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\n\
         Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh và thủ trưởng các cơ quan liên quan chịu trách nhiệm thi hành Quyết định này./.\n\
         |Nơi nhận: // - Như Điều 3; // - Lưu: VT.|TM. ỦY BAN NHÂN DÂN // KT. CHỦ TỊCH // PHÓ CHỦ TỊCH // Trần Thị Mai\n\
         >* PHỤ LỤC\n>* PHÂN CÔNG NHIỆM VỤ\n\
         =|TT|Nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Thời gian hoàn thành\n",
    );
    for (number, work, lead, helps, time) in rows() {
        text += &format!("=|{number}|{work}|{lead}|{}|{time}\n", helps.join("; "));
    }
    Paper::new(&text)
}

#[track_caller]
fn check(name: &str, bytes: &[u8]) {
    let place = Place::new();
    place.write(name, bytes);
    let ran = place.hoidap(&["import", name, "--corpus", "moi"]);
    ran.code(0).quiet();
    place
        .hoidap(&["check", "--corpus", "moi"])
        .code(0)
        .prints("chờ rà soát");
    let (corpus, _) = Corpus::load(&place.path("moi")).unwrap();
    let (at, _) = corpus.document("quyet-dinh-215").unwrap();
    let mut found = BTreeSet::new();
    for task in &corpus.assignments {
        ran.check(task.review, "every entry waits for review");
        let words = |span: &std::ops::Range<usize>| corpus.cut(at, span.clone()).to_owned();
        for unit in &task.units {
            found.insert((
                corpus.passage(task.passage).id.to_string(),
                task.role == Role::Lead,
                corpus.units.at(*unit).name.clone(),
                words(&task.task),
                task.when.as_ref().map(words),
            ));
        }
    }
    let mut expect = BTreeSet::new();
    for (number, work, lead, helps, time) in rows() {
        let id = format!("quyet-dinh-215#phu-luc.{number}");
        for (leads, unit) in [(true, lead)]
            .into_iter()
            .chain(helps.into_iter().map(|unit| (false, unit)))
        {
            expect.insert((
                id.clone(),
                leads,
                unit.to_owned(),
                work.clone(),
                Some(time.to_owned()),
            ));
        }
    }
    let lost: Vec<_> = expect.difference(&found).take(5).collect();
    ran.check(
        lost.is_empty(),
        &format!("{name}: all tasks of the annex; lost {lost:#?}"),
    );
    let more = found
        .iter()
        .filter(|(id, ..)| id.contains("phu-luc"))
        .count();
    ran.check(
        more == expect.len(),
        &format!("{name}: {} in the annex, not {more}", expect.len()),
    );
}

#[test]
fn eighty_tasks_in_word() {
    check("a.docx", &decision().docx(false, Letters::Unicode));
}

#[test]
fn eighty_tasks_in_html() {
    check("a.html", decision().html().as_bytes());
}

#[test]
fn eighty_tasks_over_pages() {
    for to in ["html", "pdf"] {
        let word = decision().docx(false, Letters::Unicode);
        if let Some(bytes) = office::convert(&word, to) {
            check(&format!("a.{to}"), &bytes);
        }
    }
}
