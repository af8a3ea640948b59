//! Faults of the machine under the embedded store: a disk that is full, read-only or slow, no file handles
//! left, a clock that is wrong. The bot answers, or says that it cannot; every quotation is right; what
//! was confirmed is kept. Redis' faults: `redis.rs`; damaged files: `damage.rs`.
//!
//! What needs root (a small file system of its own, a throttled disk) is ignored unless asked for:
//! `docs/faults.md` tells how.

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::http::{free_port, get};
use super::people::{Bot, Shown, only_embedded, text_of};
use super::quotations::Documents;

const NOT_KEPT: &str = "chưa ghi được";
/// What is confirmed to who votes up.
const THANKS: &str = "Cảm ơn bạn đã góp ý.";
/// A limit, not a wait.
const LONG: Duration = Duration::from_secs(90);

/// A bot with its health page.
struct Case {
    bot: Bot,
    port: u16,
    documents: Documents,
    /// The answers that somebody was thanked for voting on, by their fingerprints; each person votes once.
    confirmed: usize,
    next: i64,
}

impl Case {
    fn new(before: &str) -> Self {
        let port = free_port();
        let mut bot = Bot::with(&["--listen", &format!("127.0.0.1:{port}")]);
        if !before.is_empty() {
            bot.set_before(before);
        }
        Self {
            documents: Documents::read(bot.corpus()),
            bot,
            port,
            confirmed: 0,
            next: 100,
        }
    }

    /// Somebody new.
    fn person(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    /// A question's answer, whose quotations are right.
    #[track_caller]
    fn asks(&self, person: i64, question: &str) -> Shown {
        let shown = self.bot.person(person).says(question);
        self.documents.check(&shown.html);
        shown
    }

    /// Somebody new asks and votes; whether that was confirmed.
    #[track_caller]
    fn votes(&mut self) -> bool {
        let id = self.person();
        let shown = self.asks(id, "Mục III.3 viết gì?");
        shown.has("mục III.3");
        let note = self.bot.person(id).presses(&shown, "👍").note;
        let confirmed = note == THANKS;
        assert!(confirmed || note.contains(NOT_KEPT), "it said: {note}");
        self.confirmed += usize::from(confirmed);
        confirmed
    }

    fn page(&self, path: &str) -> String {
        get(self.port, path)
    }

    #[track_caller]
    fn waits_until_ready(&self) {
        let start = Instant::now();
        while !self.page("/readyz").contains("200 OK") {
            assert!(start.elapsed() < LONG, "not ready:\n{}", self.bot.log());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Waits until the store fails. Then the bot answers all the same, and confirms nothing.
    #[track_caller]
    fn fails(&mut self) {
        let start = Instant::now();
        while !self.page("/readyz").contains("503") {
            assert!(start.elapsed() < LONG, "the store does not fail");
            self.votes();
        }
        for _ in 0..10 {
            assert!(!self.votes(), "confirmed by a store that fails");
        }
        let lan = self.person();
        self.asks(lan, "Mục II.3 viết gì?").has("mục II.3");
        self.bot.person(lan).says("/quen").has("chưa xóa được");
        assert!(self.page("/healthz").contains("200"));
        assert!(self.bot.log().contains("kho dữ liệu"), "{}", self.bot.log());
    }

    /// Ends the bot, and looks up what is kept: everything that was confirmed.
    #[track_caller]
    fn ends(mut self) {
        assert_eq!(self.bot.stop().0, Some(0), "{}", self.bot.log());
        let dumped = self.bot.command("store").arg("dump").output().unwrap();
        let kept = votes_in(&dumped.stdout);
        assert!(
            kept >= self.confirmed,
            "{kept} votes of {} that were confirmed",
            self.confirmed
        );
    }
}

fn votes_in(dump: &[u8]) -> usize {
    let dump = String::from_utf8_lossy(dump);
    dump.lines()
        .filter(|line| line.starts_with("{\"tree\":\"feedback\""))
        .count()
}

/// Sets a limit of a running process: `fsize=65536`.
fn limit(pid: u32, limit: &str) {
    let mut command = Command::new("prlimit");
    command.args(["--pid", &pid.to_string(), &format!("--{limit}")]);
    assert!(command.status().unwrap().success(), "prlimit --{limit}");
}

/// The store fails from `begin` on and is well again after `end`.
fn fails_and_is_well_again(mut case: Case, begin: impl Fn(&Case), end: impl Fn(&Case)) {
    let lan = case.person();
    case.asks(lan, "Mục III.1 viết gì?").has("mục III.1");
    assert!(case.votes());
    case.waits_until_ready();
    begin(&case);
    case.fails();
    end(&case);
    case.waits_until_ready();
    assert!(case.votes(), "it does not keep again:\n{}", case.bot.log());
    case.bot.restart();
    assert!(case.votes());
    case.ends();
}

#[test]
fn a_full_disk_and_room_again() {
    if !only_embedded() {
        return;
    }
    // A file that may not grow fails as a full disk does; the signal would end the process.
    let case = Case::new("trap '' XFSZ");
    fails_and_is_well_again(
        case,
        |case| limit(case.bot.pid(), "fsize=65536:unlimited"),
        |case| limit(case.bot.pid(), "fsize=unlimited:unlimited"),
    );
}

#[test]
fn where_nothing_can_be_written_it_says_so_and_does_not_start() {
    if !only_embedded() {
        return;
    }
    let mut bot = Bot::start();
    bot.kill();
    // A file where the folder should be: even root cannot write below it.
    std::fs::write(bot.folder.path().join("tep"), "").unwrap();
    bot.put_data(&bot.folder.path().join("tep/data"));
    let mut command = bot.command("bot");
    command.args(["--token-file", "token", "--api-url", &bot.server.url()]);
    let ran = command.output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(1), "{said}");
    assert!(said.contains("tep/data"), "{said}");
}

#[test]
fn no_file_handles_left_and_some_again() {
    if !only_embedded() {
        return;
    }
    let mut case = Case::new("ulimit -n 64");
    let lan = case.person();
    case.asks(lan, "Mục III.1 viết gì?");
    assert!(case.votes());
    // Whoever reaches the port takes all of them, and says nothing.
    let mut held: Vec<TcpStream> = Vec::new();
    for _ in 0..80 {
        held.extend(TcpStream::connect(("127.0.0.1", case.port)));
    }
    let person = case.bot.person(lan);
    person.sends(text_of("Mục III.3 viết gì?"));
    std::thread::sleep(Duration::from_secs(2));
    drop(held);
    // At once, or when there are handles again; nothing is lost.
    case.bot.sent(lan, 2);
    case.waits_until_ready();
    for _ in 0..5 {
        assert!(case.votes());
    }
    case.ends();
}

#[test]
fn the_machine_s_clock_is_wrong() {
    const DAY: i64 = 86_400;
    // By so many seconds the machine is behind Telegram: a little, a year, back in 1970; ahead by years.
    for behind in [0, 3_600, 400 * DAY, 1_700_000_000, -4_000 * DAY] {
        let mut case = Case::new("");
        case.bot.server.set_ahead(behind);
        let person = case.person();
        case.asks(person, "Mục III.1 viết gì?").has("mục III.1");
        case.asks(person, "mục tiếp theo").has("mục III.2");
        assert!(case.votes(), "{behind}");
        case.bot.restart();
        case.asks(person, "mục tiếp theo").has("mục III.3");
        assert!(case.votes(), "{behind}");
        if only_embedded() {
            case.ends();
        }
    }
}

/// A file system of its own, mounted; gone with the test.
struct Mounted {
    folder: PathBuf,
    place: tempfile::TempDir,
}

impl Mounted {
    /// In memory, of so many MiB.
    fn small(size: u32) -> Self {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("m");
        std::fs::create_dir(&folder).unwrap();
        let size = format!("size={size}m");
        run(&["mount", "-t", "tmpfs", "-o", &size, "tmpfs", path(&folder)]);
        Self { folder, place }
    }

    /// On a file, through a device that can be throttled.
    fn on_loop() -> Self {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("m");
        std::fs::create_dir(&folder).unwrap();
        let mounted = Self { folder, place };
        let image = mounted.image();
        run(&["truncate", "-s", "64M", path(&image)]);
        run(&["mkfs.ext4", "-q", path(&image)]);
        mounted.mount();
        mounted
    }

    fn image(&self) -> PathBuf {
        self.place.path().join("image")
    }

    fn mount(&self) {
        run(&[
            "mount",
            "-o",
            "loop",
            path(&self.image()),
            path(&self.folder),
        ]);
    }

    /// Unmounts it, and mounts it as after a check.
    fn again(&mut self) {
        run(&["umount", path(&self.folder)]);
        // It says 1 where it has mended something.
        let _ = Command::new("e2fsck").arg("-fp").arg(self.image()).status();
        self.mount();
    }

    fn remount(&self, how: &str) {
        run(&["mount", "-o", &format!("remount,{how}"), path(&self.folder)]);
    }

    fn device(&self) -> String {
        let mut find = Command::new("findmnt");
        find.args(["-n", "-o", "MAJ:MIN", path(&self.folder)]);
        String::from_utf8(find.output().unwrap().stdout)
            .unwrap()
            .trim()
            .to_owned()
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.folder).status();
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[track_caller]
fn run(words: &[&str]) {
    let status = Command::new(words[0]).args(&words[1..]).status().unwrap();
    assert!(status.success(), "{words:?}");
}

/// A bot whose data is on a file system of its own.
fn case_on(mounted: &Mounted) -> Case {
    let mut case = Case::new("");
    case.bot.kill();
    case.bot.put_data(&mounted.folder.join("data"));
    case.bot.run();
    case
}

#[test]
#[ignore = "needs root: mounts a small file system"]
fn a_small_disk_is_full_and_has_room_again() {
    let mounted = Mounted::small(6);
    let filler = mounted.folder.join("filler");
    let fill = |_: &Case| {
        // Until nothing fits any more.
        let _ = Command::new("dd")
            .args(["if=/dev/zero", "bs=4k", &format!("of={}", path(&filler))])
            .stderr(std::process::Stdio::null())
            .status();
    };
    let clear = |_: &Case| std::fs::remove_file(&filler).unwrap();
    fails_and_is_well_again(case_on(&mounted), fill, clear);
}

#[test]
#[ignore = "needs root: mounts a small file system"]
fn it_does_not_start_on_a_full_disk_and_says_so() {
    let mounted = Mounted::small(1);
    let _ = Command::new("dd")
        .args(["if=/dev/zero", "bs=4k"])
        .arg(format!("of={}", path(&mounted.folder.join("filler"))))
        .stderr(std::process::Stdio::null())
        .status();
    let mut bot = Bot::start();
    bot.kill();
    bot.put_data(&mounted.folder.join("data"));
    let mut command = bot.command("bot");
    command.args(["--token-file", "token", "--api-url", &bot.server.url()]);
    let ran = command.output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(1), "{said}");
    assert!(said.starts_with("hoidap: "), "{said}");
}

#[test]
#[ignore = "needs root: mounts a file system read-only"]
fn a_disk_that_turns_read_only() {
    let mut mounted = Mounted::on_loop();
    let mut case = case_on(&mounted);
    let lan = case.person();
    case.asks(lan, "Mục III.1 viết gì?").has("mục III.1");
    assert!(case.votes());
    // As the kernel does after a fault of the disk: open files stay, writing fails.
    mounted.remount("abort");
    case.fails();
    // It stays so until the disk is checked and mounted again.
    case.bot.kill();
    mounted.again();
    case.bot.run();
    case.waits_until_ready();
    assert!(case.votes());
    case.ends();
}

/// A folder that cannot be written, whoever tries; gone with the test.
struct ReadOnly(PathBuf);

impl ReadOnly {
    fn new(folder: &Path) -> Self {
        run(&["mount", "--bind", path(folder), path(folder)]);
        run(&["mount", "-o", "remount,ro,bind", path(folder)]);
        Self(folder.to_owned())
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
#[ignore = "needs root: mounts folders read-only"]
fn documents_and_index_on_a_read_only_disk() {
    let mut bot = Bot::with_own_corpus(&[]);
    bot.person(9).says("xin chào");
    bot.stop();
    let index = bot.folder.path().join("index");
    std::fs::remove_dir_all(&index).unwrap();
    std::fs::create_dir(&index).unwrap();
    let _corpus = ReadOnly::new(bot.corpus());
    let _index = ReadOnly::new(&index);
    bot.run();
    let documents = Documents::read(bot.corpus());
    let shown = bot.person(11).says("Ai lo việc phòng chống đuối nước?");
    assert!(documents.check(&shown.html) > 0);
    assert!(
        bot.log().contains("dùng chỉ mục trong bộ nhớ"),
        "{}",
        bot.log()
    );
    assert_eq!(bot.stop().0, Some(0));
}

/// A group of processes whose writes to a device are throttled; gone with the test.
struct Throttled(PathBuf);

impl Throttled {
    fn new(device: &str, writes_a_second: u32, pid: u32) -> Self {
        let group = PathBuf::from(format!("/sys/fs/cgroup/blkio/hoidap-{pid}"));
        std::fs::create_dir(&group).unwrap();
        let limit = format!("{device} {writes_a_second}");
        std::fs::write(group.join("blkio.throttle.write_iops_device"), limit).unwrap();
        std::fs::write(group.join("cgroup.procs"), pid.to_string()).unwrap();
        Self(group)
    }
}

impl Drop for Throttled {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir(&self.0);
    }
}

#[test]
#[ignore = "needs root: throttles a disk"]
fn a_slow_disk() {
    let mounted = Mounted::on_loop();
    let mut case = case_on(&mounted);
    let lan = case.person();
    case.asks(lan, "Mục III.1 viết gì?");
    assert!(case.votes());
    // Two writes a second: what takes a millisecond takes seconds.
    let throttled = Throttled::new(&mounted.device(), 2, case.bot.pid());
    let mut slowest = Duration::ZERO;
    for _ in 0..12 {
        let start = Instant::now();
        let id = case.person();
        case.asks(id, "Mục II.3 viết gì?").has("mục II.3");
        slowest = slowest.max(start.elapsed());
    }
    let confirmed = (0..4).filter(|_| case.votes()).count();
    println!("slow disk: an answer within {slowest:?}, {confirmed} of 4 votes confirmed");
    assert!(slowest < Duration::from_secs(20), "{slowest:?}");
    run(&[
        "sh",
        "-c",
        &format!(
            "echo {} > /sys/fs/cgroup/blkio/cgroup.procs",
            case.bot.pid()
        ),
    ]);
    drop(throttled);
    case.waits_until_ready();
    case.ends();
}

/// Writes to a file system hang; gone with the test, or its processes could never end.
struct Frozen<'a>(&'a Mounted);

impl<'a> Frozen<'a> {
    fn new(mounted: &'a Mounted) -> Self {
        run(&["fsfreeze", "--freeze", path(&mounted.folder)]);
        Self(mounted)
    }
}

impl Drop for Frozen<'_> {
    fn drop(&mut self) {
        let mut thaw = Command::new("fsfreeze");
        let _ = thaw.arg("--unfreeze").arg(&self.0.folder).status();
    }
}

#[test]
#[ignore = "needs root: freezes a file system"]
fn a_disk_that_hangs() {
    let mounted = Mounted::on_loop();
    let mut case = case_on(&mounted);
    let lan = case.person();
    case.asks(lan, "Mục III.1 viết gì?");
    assert!(case.votes());
    let frozen = Frozen::new(&mounted);
    let mut took = Vec::new();
    for _ in 0..12 {
        let start = Instant::now();
        let id = case.person();
        case.asks(id, "Mục II.3 viết gì?").has("mục II.3");
        took.push(start.elapsed());
    }
    let confirmed = (0..3).filter(|_| case.votes()).count();
    println!("hanging disk: answers within {took:?}");
    assert_eq!(confirmed, 0, "confirmed by a disk that hangs");
    let slowest = took.iter().max().unwrap();
    assert!(*slowest < Duration::from_secs(30), "{slowest:?}");
    drop(frozen);
    case.waits_until_ready();
    std::thread::sleep(Duration::from_secs(10));
    assert!(case.votes());
    case.ends();
}
