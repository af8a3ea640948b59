//! The way to Redis: a few connections kept open, every wait bounded, and while the server is away no
//! waiting at all but for the one call that tries again.

use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use ::redis::{
    Client, Connection, ConnectionAddr, ConnectionInfo, ErrorKind, IntoConnectionInfo, RedisError,
    RedisResult, ServerErrorKind, io::tcp::TcpSettings,
};

use crate::store::StoreError;

/// To connect, and to be let in.
const CONNECT: Duration = Duration::from_millis(1_000);
/// To be answered. Redis answers in less than a millisecond, or is waiting for its disk.
const ANSWER: Duration = Duration::from_secs(2);
/// So long nothing is asked of a server that could not be reached.
const PAUSE: Duration = Duration::from_millis(500);
/// More are closed after use.
const IDLE: usize = 8;

/// Where a Redis is. What it is written as may hold a password, so that it is shown without.
#[derive(Clone, Debug)]
pub struct RedisPlace {
    info: ConnectionInfo,
}

impl RedisPlace {
    /// Reads `redis://[user:password@]host[:port][/number]` or `unix:///path`; `None` for what is
    /// neither.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = ["redis://", "unix://"];
        if !plain.iter().any(|scheme| text.starts_with(scheme)) {
            return None;
        }
        let info = text.into_connection_info().ok()?;
        let settings = TcpSettings::default().set_nodelay(true);
        Some(Self {
            info: info.set_tcp_settings(settings),
        })
    }

    /// The place as it may be shown.
    pub fn shown(&self) -> String {
        match self.info.addr() {
            ConnectionAddr::Unix(path) => format!("unix://{}", path.display()),
            address => format!("redis://{address}/{}", self.info.redis_settings().db()),
        }
    }
}

/// Connections to one server.
pub struct Link {
    client: Client,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    idle: Vec<Connection>,
    /// The server was away; before this nothing is asked of it.
    away_until: Option<Instant>,
}

impl Link {
    /// Connects once, so that a wrong address is found out.
    pub fn open(place: &RedisPlace) -> Result<Self, StoreError> {
        let client = Client::open(place.info.clone()).map_err(failure)?;
        let link = Self {
            client,
            state: Mutex::default(),
        };
        link.run(|connection| ::redis::cmd("PING").exec(connection))?;
        Ok(link)
    }

    /// Runs a call on one of the connections. A connection that turns out to be of before the server
    /// was started anew is replaced and the call run again: it must do no harm twice.
    pub fn run<T>(
        &self,
        call: impl Fn(&mut Connection) -> RedisResult<T>,
    ) -> Result<T, StoreError> {
        if let Some(mut connection) = self.take()? {
            match call(&mut connection) {
                Err(error) if is_lost(&error) && !error.is_timeout() => self.lock().idle.clear(),
                other => return self.after(connection, other),
            }
        }
        let connected = self.connect();
        let mut connection = connected.map_err(|error| self.away(error))?;
        let result = call(&mut connection);
        self.after(connection, result)
    }

    /// An idle connection, if there is one; an error while the server is taken to be away.
    fn take(&self) -> Result<Option<Connection>, StoreError> {
        let mut state = self.lock();
        let Some(until) = state.away_until else {
            return Ok(state.idle.pop());
        };
        let now = Instant::now();
        if now < until {
            return Err(StoreError::Away("đang chờ nối lại".to_owned()));
        }
        // This one call tries; the others go on without, until it has come to something.
        state.away_until = Some(now + PAUSE + CONNECT + ANSWER);
        Ok(None)
    }

    fn connect(&self) -> RedisResult<Connection> {
        let connection = self.client.get_connection_with_timeout(CONNECT)?;
        connection.set_read_timeout(Some(ANSWER))?;
        connection.set_write_timeout(Some(ANSWER))?;
        Ok(connection)
    }

    fn after<T>(&self, connection: Connection, result: RedisResult<T>) -> Result<T, StoreError> {
        match result {
            Err(error) if is_lost(&error) => Err(self.away(error)),
            other => {
                let mut state = self.lock();
                state.away_until = None;
                if state.idle.len() < IDLE {
                    state.idle.push(connection);
                }
                other.map_err(failure)
            }
        }
    }

    fn away(&self, error: RedisError) -> StoreError {
        let mut state = self.lock();
        state.idle.clear();
        state.away_until = Some(Instant::now() + PAUSE);
        failure(error)
    }

    /// What is guarded is whole after every statement.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state
            .lock()
            .unwrap_or_else(|broken| broken.into_inner())
    }
}

/// Whether the server is away, or says that it is not ready.
fn is_lost(error: &RedisError) -> bool {
    let kind = error.kind();
    error.is_io_error()
        || matches!(kind, ErrorKind::Io | ErrorKind::Parse)
        || kind == ErrorKind::Server(ServerErrorKind::BusyLoading)
}

fn failure(error: RedisError) -> StoreError {
    if is_lost(&error) {
        StoreError::Away(error.to_string())
    } else {
        StoreError::Io(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        for (text, shown) in [
            ("redis://127.0.0.1:6390/2", "redis://127.0.0.1:6390/2"),
            ("redis://kho", "redis://kho:6379/0"),
            ("redis://:mat-khau@kho/1", "redis://kho:6379/1"),
            ("unix:///run/redis.sock", "unix:///run/redis.sock"),
        ] {
            let place = RedisPlace::parse(text).unwrap();
            assert_eq!(place.shown(), shown);
            assert!(!format!("{place:?}").contains("mat-khau"));
        }
        for wrong in [
            "",
            "kho",
            "rediss://kho",
            "http://kho",
            "redis://",
            "redis://kho/a",
        ] {
            assert!(RedisPlace::parse(wrong).is_none(), "{wrong}");
        }
    }
}
