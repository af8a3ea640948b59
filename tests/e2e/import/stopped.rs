//! An import that was stopped between the files it puts in place: the check says so, the next
//! import finishes it.

use super::super::harness::Place;

const FILE: &str =
    "QUYẾT ĐỊNH\n\nVề trồng cây\n\nĐiều 1. Xã trồng cây ở ven đường.\n\nĐiều 2. Thôn giữ cây.\n";

#[test]
fn the_next_import_finishes_what_one_left() {
    let place = Place::new();
    let changed = place
        .read("corpus/quy-che-05.md")
        .replacen("title = \"", "title = \"Mới: ", 1);
    place.write("corpus/quy-che-05.md.tam", &changed);
    place.write("corpus/nhap-do-dang.txt", "quy-che-05.md\ndon-vi.toml");
    place
        .hoidap(&["check"])
        .code(1)
        .prints("nhap-do-dang.txt:1: lần nhập trước bị dừng giữa chừng")
        .prints("1 chỗ cần sửa");
    place.write("cay.txt", FILE);
    // Looking at what would come of a file changes nothing.
    place.hoidap(&["import", "cay.txt", "--dry-run"]).code(0);
    place.hoidap(&["check"]).code(1);
    place
        .hoidap(&["import", "cay.txt", "--id", "cay"])
        .code(0)
        .warns("đã ghi nốt")
        .prints("cay.md");
    place.hoidap(&["check"]).code(0);
    assert_eq!(place.read("corpus/quy-che-05.md"), changed);
    for left in ["quy-che-05.md.tam", "nhap-do-dang.txt"] {
        assert!(!place.path("corpus").join(left).exists(), "{left}");
    }
}

#[test]
fn a_new_folder_without_a_document_yet_says_so_too() {
    let place = Place::new();
    std::fs::create_dir(place.path("moi")).unwrap();
    place.write("moi/nhap-do-dang.txt", "cay.md");
    place
        .hoidap(&["check", "--corpus", "moi"])
        .code(1)
        .warns("lần nhập trước bị dừng giữa chừng");
}
