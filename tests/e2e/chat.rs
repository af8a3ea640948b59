//! `hoidap chat` through a pipe.

use super::harness::Place;

#[test]
fn a_conversation() {
    let place = Place::new();
    let ran = place.piped(
        &["chat"],
        "Ban quản lý thư viện có nhiệm vụ gì?\ncòn Đoàn xã?\n",
    );
    ran.code(0).quiet();
    ran.prints("│ ")
        .prints("└ Quy chế 05-QC/TV, mục III.1")
        .prints("└ Quy chế 05-QC/TV, mục III.2");
    ran.prints_not("hỏi>").prints_not("\u{1b}");
}

#[test]
fn a_digit_picks_a_suggestion() {
    let place = Place::new();
    let greeted = place.piped(&["chat"], "xin chào\n").code(0).stdout();
    let second = greeted
        .lines()
        .find_map(|line| line.trim().strip_prefix("2. "))
        .unwrap();
    let ran = place.piped(&["chat"], "xin chào\n2\n");
    ran.code(0).prints(&format!("→ {second}\n"));
}

#[test]
fn orders() {
    let place = Place::new();
    let ran = place.piped(
        &["chat"],
        "/vanban\n/donvi\n/muc III.1\n/muc quy-che-05#II.1.2\n",
    );
    ran.code(0).quiet();
    ran.prints("Quy chế 05-QC/TV: Quy chế hoạt động của thư viện xã Sông Xanh\n  I. MỤC ĐÍCH\n");
    ran.prints("Thông báo 12-TB/UB (tóm lược): ")
        .prints("  Nội dung sửa chữa\n");
    ran.prints("Cấp xã\n  Ủy ban nhân dân xã\n");
    ran.prints("Ban quản lý thư viện chủ trì việc mua sách mới");
    ran.prints("Thẻ bạn đọc được cấp miễn phí");
}

#[test]
fn help_and_an_unknown_order() {
    let place = Place::new();
    place
        .piped(&["chat"], "/trogiup\n")
        .code(0)
        .prints("/muc III.4")
        .prints_not("Không có lệnh");
    place
        .piped(&["chat"], "/bay\n")
        .code(0)
        .prints("Không có lệnh này")
        .prints("/trogiup");
}

#[test]
fn leaving() {
    let place = Place::new();
    for word in ["/thoat", "/THOÁT", "thoát"] {
        let ran = place.piped(&["chat"], format!("{word}\nxin chào\n"));
        ran.code(0)
            .quiet()
            .check(ran.stdout().is_empty(), "nothing after leaving");
    }
    let ran = place.piped(&["chat"], "");
    ran.code(0)
        .quiet()
        .check(ran.stdout().is_empty(), "nothing said, nothing answered");
}

#[test]
fn any_bytes() {
    let place = Place::new();
    place
        .piped(&["chat"], b"\xff\xfe\n\n   \n\x1b[2J\n/\n")
        .code(0)
        .prints_not("\u{1b}");
}
