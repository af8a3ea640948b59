//! The index folder in every state it can be found in: the answer is always right.

use std::fs;
use std::path::{Path, PathBuf};

use super::harness::{Place, Ran};

const QUESTION: &str = "Ai chủ trì việc mua sách mới?";

#[track_caller]
fn answers(place: &Place, options: &[&str]) -> Ran {
    let ran = place.hoidap(&[&["ask", "--json", QUESTION], options].concat());
    let answer = ran.code(0).object();
    assert_eq!(answer["citations"][0]["passage"], "quy-che-05#III.1");
    ran
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path))
        } else {
            files.push(path)
        }
    }
    files
}

#[track_caller]
fn entries(place: &Place) -> usize {
    fs::read_dir(place.path("index")).unwrap().count()
}

#[test]
fn built_once_then_ready() {
    let place = Place::new();
    place
        .hoidap(&["index"])
        .code(0)
        .prints("Đã dựng chỉ mục: 16 đoạn trong 2 văn bản")
        .quiet();
    place
        .hoidap(&["index"])
        .code(0)
        .prints("không phải dựng lại")
        .quiet();
    answers(&place, &[]).quiet();
}

#[test]
fn a_stale_index_is_rebuilt_and_the_old_one_removed() {
    let place = Place::new();
    place.hoidap(&["index"]).code(0);
    let file = "corpus/quy-che-05.md";
    place.change(
        file,
        "- Bạn đọc giữ trật tự",
        "- Xe đạp để ở sân sau.\n\n- Bạn đọc giữ trật tự",
    );
    let answer = place
        .hoidap(&["ask", "--json", "Xe đạp để ở đâu?"])
        .code(0)
        .object();
    assert_eq!(answer["citations"][0]["passage"], "quy-che-05#II.2.2");
    assert_eq!(entries(&place), 1);
}

#[test]
fn a_truncated_index_is_rebuilt() {
    let place = Place::new();
    place.hoidap(&["index"]).code(0);
    for file in files(&place.path("index")) {
        let length = fs::metadata(&file).unwrap().len();
        fs::File::options()
            .write(true)
            .open(&file)
            .unwrap()
            .set_len(length / 2)
            .unwrap();
    }
    answers(&place, &[]).quiet();
    place
        .hoidap(&["index"])
        .code(0)
        .prints("không phải dựng lại");
}

#[test]
fn an_emptied_index_is_rebuilt() {
    let place = Place::new();
    place.hoidap(&["index"]).code(0);
    for file in files(&place.path("index")) {
        fs::remove_file(file).unwrap();
    }
    answers(&place, &[]).quiet();
}

#[test]
fn foreign_things_in_the_folder_stay_and_do_no_harm() {
    let place = Place::new();
    fs::create_dir(place.path("index")).unwrap();
    place
        .write("index/meta.json", "{\"của\": \"ai đó\"}")
        .write("index/README.md", "Đừng xóa.");
    answers(&place, &[]).quiet();
    assert_eq!(place.read("index/README.md"), "Đừng xóa.");
    assert_eq!(place.read("index/meta.json"), "{\"của\": \"ai đó\"}");
}

#[test]
fn processes_that_start_at_once_are_all_right() {
    let place = Place::new();
    let children: Vec<_> = (0..4)
        .map(|_| place.command(&["ask", "--json", QUESTION]).spawn().unwrap())
        .collect();
    for child in children {
        let ran = place.finish(child);
        let answer = ran.code(0).quiet().object();
        assert_eq!(answer["citations"][0]["passage"], "quy-che-05#III.1");
    }
    assert_eq!(entries(&place), 1, "nothing half built is left");
}

#[test]
fn a_folder_that_cannot_be_written_costs_one_warning() {
    let place = Place::new();
    // A file where the folder should be: even root cannot write below it.
    place.write("tep", "");
    let ran = answers(&place, &["--index", "tep"]);
    ran.warns("bộ nhớ");
    ran.check(ran.stderr().lines().count() == 1, "one line of warning");
    place
        .hoidap(&["index", "--index", "tep/trong"])
        .code(1)
        .warns("bộ nhớ");
}
