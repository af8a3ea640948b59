//! What every kind of store must do, as one table of cases run on each of them.

use super::*;
use crate::answer::{Context, Intent, Kind, PassageId};

#[cfg(feature = "redis")]
#[path = "../../tests/support/redis_server.rs"]
#[allow(dead_code)]
mod redis_server;

/// Something that every store does, by its name.
type Case = (&'static str, fn(&dyn Store));

const CASES: [Case; 8] = [
    ("an update waits until it is done", updates),
    ("a conversation ends", sessions),
    ("a person is forgotten", forgetting),
    ("questions and votes are kept in order", questions),
    ("counters add up", counters),
    ("switches stay", switches),
    ("what is old is swept", sweeping),
    ("what an earlier run left is handed on once", tending),
];

pub(super) fn waiting(update: u32) -> Waiting {
    Waiting {
        update,
        json: format!("{{\"update_id\":{update}}}"),
    }
}

pub(super) fn asked(day: Day) -> Asked {
    Asked {
        text: "ai lo?".to_owned(),
        kind: Kind::Answer,
        intent: Intent::Who,
        cited: Some(PassageId::new("kh#I.1")),
        day,
    }
}

pub(super) fn feedback(vote: Vote, day: Day) -> Feedback {
    Feedback {
        answer: "0f".to_owned(),
        cited: None,
        vote,
        day,
    }
}

fn session(used: Seconds) -> Session {
    Session {
        context: Context {
            topic: "trẻ em".to_owned(),
            ..Context::default()
        },
        used,
        ..Session::default()
    }
}

const TALK: Talk = Talk {
    chat: -3,
    person: 9,
};

fn updates(store: &dyn Store) {
    use Taken::{Known, Next};
    let taken = store.take_in(1, &[waiting(7), waiting(5), waiting(7)]);
    assert_eq!(taken.unwrap(), [Next, Next, Known]);
    assert_eq!(store.waiting().unwrap(), [waiting(5), waiting(7)]);
    store.done(7).unwrap();
    assert_eq!(store.take_in(1, &[waiting(7)]).unwrap(), [Known]);
    assert_eq!(store.waiting().unwrap(), [waiting(5)]);
    let again = Waiting {
        json: "{}".to_owned(),
        ..waiting(5)
    };
    store.rewrite(&again).unwrap();
    assert_eq!(store.waiting().unwrap(), [again]);
    // One's own updates are nobody else's.
    assert_eq!(store.take_in(1, &[waiting(8)]).unwrap(), [Next]);
    assert!(store.is_next(1, 8).unwrap());
    store.step_aside(5).unwrap();
    assert_eq!(store.waiting().unwrap().len(), 2);
    store.done(5).unwrap();
    store.done(8).unwrap();
    assert_eq!(store.waiting().unwrap(), []);
    store.done(8).unwrap();
    assert_eq!(store.take_in(1, &[waiting(8)]).unwrap(), [Known]);
}

fn sessions(store: &dyn Store) {
    let kept = session(10_000);
    store.keep_session(TALK, &kept).unwrap();
    assert_eq!(store.session(TALK, 10_000 + 1_800).unwrap(), Some(kept));
    assert_eq!(store.session(TALK, 10_000 + 1_801).unwrap(), None);
    let other = Talk { chat: 4, ..TALK };
    assert_eq!(store.session(other, 10_000).unwrap(), None);
    store.keep_session(TALK, &session(20_000)).unwrap();
    assert_eq!(store.session(TALK, 20_000).unwrap(), Some(session(20_000)));
}

fn forgetting(store: &dyn Store) {
    let other = Talk { chat: 4, ..TALK };
    let another = Talk { person: 10, ..TALK };
    for talk in [TALK, other, another] {
        store.keep_session(talk, &session(10_000)).unwrap();
    }
    store.vote(77, &feedback(Vote::Down, 300)).unwrap();
    store.vote(78, &feedback(Vote::Up, 300)).unwrap();
    assert_eq!(store.forget(8, 79).unwrap(), 0);
    assert_eq!(store.forget(9, 78).unwrap(), 3);
    assert_eq!(store.session(TALK, 10_000).unwrap(), None);
    assert!(store.session(another, 10_000).unwrap().is_some());
    assert_eq!(store.feedback().unwrap(), [feedback(Vote::Down, 300)]);
}

fn questions(store: &dyn Store) {
    store.log(&asked(300)).unwrap();
    store.log(&asked(1)).unwrap();
    assert_eq!(store.questions().unwrap(), [asked(300), asked(1)]);
    // A second vote on the same answer takes the place of the first.
    for vote in [Vote::Down, Vote::Wrong] {
        store.vote(77, &feedback(vote, 300)).unwrap();
    }
    store.vote(78, &feedback(Vote::Up, 1)).unwrap();
    let votes = [feedback(Vote::Up, 1), feedback(Vote::Wrong, 300)];
    assert_eq!(store.feedback().unwrap(), votes);
}

fn counters(store: &dyn Store) {
    store.count("hoi", 300, 2).unwrap();
    store.count("hoi", 300, 3).unwrap();
    store.count("hoi", 1, 1).unwrap();
    let counters = [("hoi".to_owned(), 1, 1), ("hoi".to_owned(), 300, 5)];
    assert_eq!(store.counters().unwrap(), counters);
}

fn switches(store: &dyn Store) {
    assert_eq!(store.switches().unwrap(), Switches::default());
    let switches = Switches {
        bot_off: true,
        hidden: vec![PassageId::new("kh#II")],
    };
    store.keep_switches(&switches).unwrap();
    assert_eq!(store.switches().unwrap(), switches);
}

fn sweeping(store: &dyn Store) {
    let now = 300 * SECONDS_A_DAY;
    let other = Talk { chat: 4, ..TALK };
    store.keep_session(TALK, &session(now - 1_801)).unwrap();
    store.keep_session(other, &session(now - 1_799)).unwrap();
    for day in [119, 120, 300] {
        store.log(&asked(day)).unwrap();
        store.count("hoi", day, 1).unwrap();
    }
    store.vote(1, &feedback(Vote::Up, 119)).unwrap();
    store.vote(2, &feedback(Vote::Up, 120)).unwrap();
    // One of each kind.
    assert_eq!(store.sweep(now).unwrap(), 4);
    assert_eq!(store.questions().unwrap(), [asked(120), asked(300)]);
    assert_eq!(store.feedback().unwrap().len(), 1);
    assert_eq!(store.counters().unwrap().len(), 2);
    assert!(store.session(other, now).unwrap().is_some());
    assert_eq!(store.session(TALK, now - 1_801).unwrap(), None);
}

fn tending(store: &dyn Store) {
    assert_eq!(store.tend().unwrap(), []);
    store.take_in(1, &[waiting(5)]).unwrap();
    assert_eq!(store.tend().unwrap(), [], "it is this process's own");
    store.fetch_alone().unwrap();
    store.flush().unwrap();
    store.leave().unwrap();
}

/// Everything that a store keeps, for what looks at it as a whole.
fn fill(store: &dyn Store) {
    for case in [updates, forgetting, questions, counters, switches] {
        case(store);
    }
    store.take_in(1, &[waiting(12)]).unwrap();
}

fn dumped(store: &dyn Store) -> String {
    let mut lines = Vec::new();
    dump(store, &mut lines).unwrap();
    String::from_utf8(lines).unwrap()
}

/// Dumps one store into another, which must be empty; both are then the same.
fn is_carried_over(from: &dyn Store, to: &dyn Store) {
    let lines = dumped(from);
    let count = lines.lines().count();
    assert!(count > 8, "{lines}");
    assert_eq!(load(to, &mut lines.as_bytes()).unwrap(), count);
    assert_eq!(dumped(to), lines);
    assert_eq!(to.questions().unwrap(), from.questions().unwrap());
    assert_eq!(to.feedback().unwrap(), from.feedback().unwrap());
    assert_eq!(to.take_in(1, &[waiting(7)]).unwrap(), [Taken::Known]);
    // What is kept afterwards is kept beside it.
    to.log(&asked(300)).unwrap();
    let longer = from.questions().unwrap().len() + 1;
    assert_eq!(to.questions().unwrap().len(), longer);
    let twice = load(to, &mut "".as_bytes());
    assert!(twice.is_err(), "loaded over what is kept");
}

mod embedded {
    use super::*;

    fn open(folder: &std::path::Path) -> EmbeddedStore {
        EmbeddedStore::open(folder, Retention::default()).unwrap()
    }

    #[test]
    fn does_what_every_store_does() {
        for (name, case) in CASES {
            println!("{name}");
            let folder = tempfile::tempdir().unwrap();
            case(&open(folder.path()));
        }
    }

    #[test]
    fn all_of_it_is_there_after_the_process_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path());
        fill(&store);
        drop(store);
        let store = open(folder.path());
        assert_eq!(store.tend().unwrap(), [waiting(12)]);
        assert_eq!(store.take_in(1, &[waiting(7)]).unwrap(), [Taken::Known]);
        assert!(store.switches().unwrap().bot_off);
    }

    #[test]
    fn dumped_and_loaded_it_is_the_same() {
        let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = open(a.path());
        fill(&first);
        is_carried_over(&first, &open(b.path()));
        let third = tempfile::tempdir().unwrap();
        let wrong = load(&open(third.path()), &mut "{\"tree\":\"x\"}".as_bytes());
        assert!(wrong.unwrap_err().to_string().contains("dòng 1"));
    }
}

#[cfg(feature = "redis")]
mod shared {
    use std::thread::sleep;
    use std::time::Instant;

    use super::*;

    use redis_server::{RedisServer, is_installed};

    /// Long enough for a process to be taken for gone.
    const GONE: Duration = Duration::from_secs(9);

    fn server() -> Option<RedisServer> {
        is_installed().then(RedisServer::start)
    }

    /// A process's store in one of the server's databases.
    fn open(server: &RedisServer, database: usize) -> RedisStore {
        let url = format!("redis://127.0.0.1:{}/{database}", server.port);
        let place = RedisPlace::parse(&url).unwrap();
        RedisStore::open(&place, Retention::default()).unwrap()
    }

    #[test]
    fn does_what_every_store_does() {
        let Some(server) = server() else { return };
        for (database, (name, case)) in CASES.into_iter().enumerate() {
            println!("{name}");
            case(&open(&server, database));
        }
        assert_eq!(open(&server, 0).warnings(), Vec::<&str>::new());
    }

    #[test]
    fn all_of_it_is_there_after_redis_was_killed() {
        let Some(mut server) = server() else { return };
        let store = open(&server, 0);
        fill(&store);
        let before = dumped(&store);
        server.kill();
        let error = store.vote(7, &feedback(Vote::Up, 3)).unwrap_err();
        assert!(matches!(error, StoreError::Away(_)), "{error}");
        server.run();
        // The same store finds its way back by itself.
        let end = Instant::now() + GONE;
        while store.flush().is_err() {
            assert!(Instant::now() < end);
            sleep(Duration::from_millis(50));
        }
        assert_eq!(dumped(&store), before);
    }

    #[test]
    fn a_server_that_hangs_holds_nobody_up_for_long() {
        let Some(server) = server() else { return };
        let store = open(&server, 0);
        server.signal("STOP");
        let start = Instant::now();
        assert!(store.flush().is_err());
        assert!(start.elapsed() < Duration::from_secs(4), "the first call");
        let start = Instant::now();
        for _ in 0..100 {
            assert!(store.flush().is_err());
        }
        let hundred = start.elapsed();
        assert!(
            hundred < Duration::from_secs(1),
            "{hundred:?} for those after it"
        );
        server.signal("CONT");
        sleep(Duration::from_secs(1));
        store.flush().unwrap();
    }

    #[test]
    fn an_update_is_taken_in_by_one_process() {
        let Some(server) = server() else { return };
        let stores: Vec<RedisStore> = (0..4).map(|_| open(&server, 0)).collect();
        let taken: usize = std::thread::scope(|scope| {
            let at_once = stores.iter().map(|store| {
                scope.spawn(move || {
                    let take = |update| store.take_in(i64::from(update), &[waiting(update)]);
                    let taken = (0..200).map(|update| take(update).unwrap()[0]);
                    taken.filter(|taken| *taken != Taken::Known).count()
                })
            });
            let threads: Vec<_> = at_once.collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .sum()
        });
        assert_eq!(taken, 200);
    }

    #[test]
    fn what_a_process_leaves_is_another_s_once_it_is_silent() {
        let Some(server) = server() else { return };
        let (first, second) = (open(&server, 0), open(&server, 0));
        assert_eq!(first.tend().unwrap(), []);
        first.take_in(1, &[waiting(5), waiting(6)]).unwrap();
        first.done(6).unwrap();
        assert_eq!(second.tend().unwrap(), [], "the first lives");
        // It goes as told: at once.
        first.leave().unwrap();
        assert_eq!(second.tend().unwrap(), [waiting(5)]);
        assert_eq!(second.tend().unwrap(), []);
        // The second is killed: when it has been silent for long enough.
        let third = open(&server, 0);
        let start = Instant::now();
        let found = loop {
            let found = third.tend().unwrap();
            if !found.is_empty() || start.elapsed() > 2 * GONE {
                break found;
            }
            sleep(Duration::from_millis(200));
        };
        assert_eq!(found, [waiting(5)]);
        assert!(start.elapsed() > Duration::from_secs(6), "too soon");
        // Who was only slow finds it done, or does it once more.
        third.done(5).unwrap();
        second.rewrite(&waiting(5)).unwrap();
        second.done(5).unwrap();
        assert_eq!(third.waiting().unwrap(), []);
    }

    #[test]
    fn updates_of_one_line_are_answered_one_after_the_other() {
        let Some(server) = server() else { return };
        let (first, second) = (open(&server, 0), open(&server, 0));
        for store in [&first, &second] {
            store.tend().unwrap();
        }
        use Taken::{Behind, Known, Next};
        assert_eq!(first.take_in(1, &[waiting(5)]).unwrap(), [Next]);
        assert_eq!(second.take_in(1, &[waiting(6)]).unwrap(), [Behind]);
        assert_eq!(second.take_in(2, &[waiting(7)]).unwrap(), [Next]);
        assert_eq!(second.take_in(1, &[waiting(5)]).unwrap(), [Known]);
        assert_eq!(first.take_in(1, &[waiting(8)]).unwrap(), [Behind]);
        assert!(!second.is_next(1, 6).unwrap());
        first.done(5).unwrap();
        assert!(second.is_next(1, 6).unwrap());
        assert!(!first.is_next(1, 8).unwrap());
        // Telegram cannot be reached: the others go on.
        second.step_aside(6).unwrap();
        assert!(first.is_next(1, 8).unwrap());
        assert_eq!(first.waiting().unwrap().len(), 3);
        // What is taken over keeps its place in the line.
        assert_eq!(second.take_in(1, &[waiting(9)]).unwrap(), [Behind]);
        first.leave().unwrap();
        assert_eq!(second.tend().unwrap(), [waiting(8)]);
        assert!(second.is_next(1, 9).unwrap(), "both are its own now");
    }

    #[test]
    fn one_process_fetches() {
        let Some(server) = server() else { return };
        let (first, second) = (open(&server, 0), open(&server, 0));
        first.fetch_alone().unwrap();
        std::thread::scope(|scope| {
            let refused = scope.spawn(|| second.fetch_alone());
            while !refused.is_finished() {
                first.tend().unwrap();
                sleep(Duration::from_millis(500));
            }
            let refused = refused.join().unwrap();
            assert!(matches!(refused, Err(StoreError::InUse)));
        });
        first.leave().unwrap();
        second.fetch_alone().unwrap();
    }

    #[test]
    fn a_person_is_counted_over_all_processes() {
        let Some(server) = server() else { return };
        let (first, second) = (open(&server, 0), open(&server, 0));
        assert_eq!(first.tally("hoi", 7).unwrap(), Some(1));
        assert_eq!(second.tally("hoi", 7).unwrap(), Some(2));
        assert_eq!(second.tally("bam", 7).unwrap(), Some(1));
        assert_eq!(second.tally("hoi", 8).unwrap(), Some(1));
    }

    #[test]
    fn dumped_and_loaded_it_is_the_same_in_either_kind() {
        let Some(server) = server() else { return };
        let folder = tempfile::tempdir().unwrap();
        let embedded = EmbeddedStore::open(folder.path(), Retention::default()).unwrap();
        fill(&embedded);
        is_carried_over(&embedded, &open(&server, 0));
        let back = tempfile::tempdir().unwrap();
        let back = EmbeddedStore::open(back.path(), Retention::default()).unwrap();
        let other = open(&server, 1);
        fill(&other);
        is_carried_over(&other, &back);
    }

    #[test]
    fn a_backup_is_restored_where_nothing_is_kept() {
        let Some(server) = server() else { return };
        let first = open(&server, 0);
        fill(&first);
        let mut file = Vec::new();
        first.back_up(1_800_000_000, &mut file).unwrap();
        let place = |database: usize| {
            let url = format!("redis://127.0.0.1:{}/{database}", server.port);
            RedisPlace::parse(&url).unwrap()
        };
        let restore = |database, file: &[u8]| {
            RedisStore::restore(&place(database), &mut &file[..], Retention::default())
        };
        let over = restore(0, &file);
        assert!(matches!(over, Err(StoreError::NotEmpty)));
        // A file that is cut leaves nothing behind.
        let cut = restore(1, &file[..file.len() - 9]);
        assert!(matches!(cut, Err(StoreError::Backup(_))));
        let restored = restore(1, &file).unwrap();
        assert_eq!(restored.records, dumped(&first).lines().count());
        let second = open(&server, 1);
        assert_eq!(dumped(&second), dumped(&first));
        // With a bot at work nothing is restored.
        let third = open(&server, 2);
        third.tend().unwrap();
        assert!(matches!(restore(2, &file), Err(StoreError::InUse)));
        third.tend().unwrap();
        assert_eq!(third.questions().unwrap(), []);
        // Whoever is killed in the middle leaves what nobody takes for a store.
        third.leave().unwrap();
        half_restored(&server);
        let halfway = RedisStore::open(&place(3), Retention::default());
        assert!(matches!(halfway, Err(StoreError::Damaged(_))));
        restore(3, &file).unwrap();
        assert_eq!(dumped(&open(&server, 3)), dumped(&first));
    }

    /// Database 3 as a restore leaves it that is killed after its first records.
    fn half_restored(server: &RedisServer) {
        use std::io::Write;
        let mut connection = std::net::TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        let lines = "SELECT 3\r\nSET hoidap:loading 1\r\nHSET hoidap:feedback 00 {}\r\n";
        connection.write_all(lines.as_bytes()).unwrap();
        sleep(Duration::from_millis(200));
    }
}
