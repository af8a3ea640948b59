//! The bot's own port, spoken to in plain HTTP.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// The answer to a GET, head and all.
pub fn get(port: u16, path: &str) -> String {
    talk(
        port,
        format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"),
    )
}

/// The status of the answer to a POST, with the secret that Telegram proves itself by.
pub fn post(port: u16, path: &str, secret: Option<&str>, body: &str) -> u16 {
    let secret = secret.map_or(String::new(), |secret| {
        format!("x-telegram-bot-api-secret-token: {secret}\r\n")
    });
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{secret}content-length: {}\r\n\r\n{body}",
        body.len()
    );
    raw(port, request.as_bytes())
}

/// The status of the answer to a request of any bytes; 0 when there was none.
pub fn raw(port: u16, request: &[u8]) -> u16 {
    status(&talk(port, request))
}

fn status(answer: &str) -> u16 {
    let code = answer.split(' ').nth(1);
    code.and_then(|code| code.parse().ok()).unwrap_or(0)
}

fn talk(port: u16, request: impl AsRef<[u8]>) -> String {
    // Nobody there gives no answer, as a connection does that is cut.
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else {
        return String::new();
    };
    // A body that is too long is refused before all of it was read.
    let _ = stream.write_all(request.as_ref());
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}
