//! A round-robin in front of several ports, as a web server does it: each request goes to the next one; where
//! nobody answers, to the one after.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// A process that does not answer by then is passed over.
const PATIENCE: Duration = Duration::from_secs(10);

/// Listens until the test's process ends; its port.
pub fn start(backends: Vec<u16>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (backends, next) = (Arc::new(backends), Arc::new(AtomicUsize::new(0)));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (backends, next) = (Arc::clone(&backends), Arc::clone(&next));
            thread::spawn(move || {
                let first = next.fetch_add(1, Ordering::Relaxed);
                // Whoever asked may be gone; then nobody waits for the answer.
                let _ = pass_on(stream, &backends, first);
            });
        }
    });
    port
}

fn pass_on(mut stream: TcpStream, backends: &[u16], first: usize) -> std::io::Result<()> {
    let request = read_request(&mut stream)?;
    for at in 0..backends.len() {
        let port = backends[(first + at) % backends.len()];
        if let Ok(answer) = ask(port, &request)
            && !answer.is_empty()
        {
            return stream.write_all(&answer);
        }
    }
    stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
}

fn ask(port: u16, request: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(request)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer)
}

/// Head and body; the body is as long as the head says.
fn read_request(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let (mut request, mut part) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let mut lines = head.lines();
            let length = lines.find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.map_or(0, |length| length.parse().unwrap());
            if request.len() >= head.len() + 4 + length {
                return Ok(request);
            }
        }
        let read = stream.read(&mut part)?;
        if read == 0 {
            return Ok(request);
        }
        request.extend(&part[..read]);
    }
}
