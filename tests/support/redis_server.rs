//! A Redis of a test's own: on a free port, in a temporary folder, gone with the test. Used by the
//! end-to-end tests and by the unit tests of the store.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server that does not answer by then has failed.
const START: Duration = Duration::from_secs(30);

/// Whether there is a `redis-server` to test with. Where there is none, says so, or fails if
/// `HOIDAP_NEED_REDIS` is set.
pub fn is_installed() -> bool {
    let mut command = Command::new("redis-server");
    command.arg("--version").stdout(Stdio::null());
    let there = command.status().is_ok_and(|status| status.success());
    if !there {
        assert!(
            std::env::var_os("HOIDAP_NEED_REDIS").is_none(),
            "HOIDAP_NEED_REDIS is set, and there is no redis-server"
        );
        eprintln!("SKIPPED: there is no redis-server on this machine");
    }
    there
}

/// The server.
pub struct RedisServer {
    pub port: u16,
    folder: tempfile::TempDir,
    process: Option<Child>,
}

impl RedisServer {
    pub fn start() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let mut server = Self {
            port,
            folder: tempfile::tempdir().unwrap(),
            process: None,
        };
        server.run();
        server
    }

    /// What is given to `--store`.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    /// Starts it, on what it has written before, and waits until it takes connections.
    pub fn run(&mut self) {
        let mut command = Command::new("redis-server");
        command
            .args(["--bind", "127.0.0.1", "--port", &self.port.to_string()])
            .args([
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
            ])
            .arg("--dir")
            .arg(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let process = command.spawn().expect("redis-server is installed");
        self.process = Some(process);
        let end = Instant::now() + START;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < end, "redis-server does not answer");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Stops it as a machine does that is switched off.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// Its process goes on and does nothing, as behind a network that lets nothing through.
    pub fn signal(&self, name: &str) {
        let pid = self.process.as_ref().unwrap().id().to_string();
        let done = Command::new("kill")
            .args([format!("-{name}"), pid])
            .status();
        assert!(done.unwrap().success());
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}
