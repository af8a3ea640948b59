//! A copy of the tiny corpus in a folder of its own, the real binary, and checks that chain.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use serde_json::Value;
use tempfile::TempDir;

/// A folder with a copy of the corpus; commands run in it.
pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/corpus");
        fs::create_dir(place.path("corpus")).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), place.path("corpus").join(entry.file_name())).unwrap();
        }
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        fs::write(self.path(name), content).unwrap();
        self
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Replaces a piece of a file, which must be there.
    #[track_caller]
    pub fn change(&self, name: &str, from: &str, to: &str) -> &Self {
        let text = self.read(name);
        assert!(text.contains(from), "{name} has no “{from}”");
        self.write(name, text.replacen(from, to, 1))
    }

    /// The binary, ready to run in this folder with nothing of the caller's surroundings.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hoidap"));
        command.args(arguments).current_dir(self.folder.path());
        for variable in ["HOIDAP_CORPUS", "HOIDAP_INDEX", "HOIDAP_DATA", "COLUMNS"] {
            command.env_remove(variable);
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn hoidap<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Ran {
        self.run(self.command(arguments))
    }

    /// Runs with these bytes on standard input.
    pub fn piped<S: AsRef<OsStr>>(&self, arguments: &[S], input: impl AsRef<[u8]> + Send) -> Ran {
        let mut command = self.command(arguments);
        let what = format!("{command:?}");
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let output = thread::scope(|scope| {
            // From another thread: both pipes may fill up.
            scope.spawn(move || {
                let _ = stdin.write_all(input.as_ref());
            });
            child.wait_with_output().unwrap()
        });
        self.ran(what, output)
    }

    pub fn run(&self, mut command: Command) -> Ran {
        let what = format!("{command:?}");
        let output = command.output().unwrap();
        self.ran(what, output)
    }

    pub fn finish(&self, child: Child) -> Ran {
        let output = child.wait_with_output().unwrap();
        self.ran("a process started before".to_owned(), output)
    }

    fn ran(&self, what: String, output: Output) -> Ran {
        Ran {
            what,
            folder: self.folder.path().to_owned(),
            output,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if thread::panicking() {
            // Left for whoever looks into the failure.
            self.folder.disable_cleanup(true);
        }
    }
}

/// A command that has ended.
pub struct Ran {
    what: String,
    folder: PathBuf,
    output: Output,
}

impl Ran {
    pub fn stdout(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).expect("standard output is UTF-8")
    }

    pub fn stderr(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).expect("standard error is UTF-8")
    }

    #[track_caller]
    pub fn code(&self, expect: i32) -> &Self {
        self.check(
            self.output.status.code() == Some(expect),
            &format!("exit code {expect}"),
        )
    }

    #[track_caller]
    pub fn prints(&self, piece: &str) -> &Self {
        self.check(
            self.stdout().contains(piece),
            &format!("standard output with “{piece}”"),
        )
    }

    #[track_caller]
    pub fn prints_not(&self, piece: &str) -> &Self {
        self.check(
            !self.stdout().contains(piece),
            &format!("standard output without “{piece}”"),
        )
    }

    #[track_caller]
    pub fn warns(&self, piece: &str) -> &Self {
        self.check(
            self.stderr().contains(piece),
            &format!("standard error with “{piece}”"),
        )
    }

    /// Nothing on standard error.
    #[track_caller]
    pub fn quiet(&self) -> &Self {
        self.check(self.output.stderr.is_empty(), "silence on standard error")
    }

    /// So many lines on standard output, each a JSON object.
    #[track_caller]
    pub fn objects(&self, expect: usize) -> Vec<Value> {
        let objects: Result<Vec<Value>, _> =
            self.stdout().lines().map(serde_json::from_str).collect();
        let good = objects
            .as_ref()
            .is_ok_and(|objects| objects.len() == expect);
        self.check(good, &format!("{expect} lines of JSON"));
        objects.unwrap()
    }

    /// One JSON object on standard output.
    #[track_caller]
    pub fn object(&self) -> Value {
        self.objects(1).remove(0)
    }

    #[track_caller]
    pub fn check(&self, good: bool, expect: &str) -> &Self {
        assert!(
            good,
            "expected: {expect}\ncommand: {}\nfolder: {}\nstatus: {}\n--- standard output\n{}\n--- standard error\n{}",
            self.what,
            self.folder.display(),
            self.output.status,
            String::from_utf8_lossy(&self.output.stdout),
            String::from_utf8_lossy(&self.output.stderr),
        );
        self
    }
}
