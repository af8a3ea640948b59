//! The store that several processes share, by its address.

use std::io::BufRead;
use std::sync::Arc;

use super::config::Address;
use super::failure::UsageError;
use crate::store::{Backup, Retention, Store};

#[cfg(feature = "redis")]
mod built_in {
    use anyhow::Context as _;

    use super::*;
    use crate::cli::failure::tell;
    use crate::store::{RedisPlace, RedisStore};

    /// Opens it, and says what of Redis' settings breaks the store's promises.
    pub fn open(
        address: &Address,
        command: &'static str,
        retention: Retention,
    ) -> anyhow::Result<Arc<dyn Store>> {
        let place = place(address, command)?;
        let store = RedisStore::open(&place, retention).with_context(|| place.shown())?;
        for warning in store.warnings() {
            tell(&format!("{}: {warning}", place.shown()), None);
        }
        Ok(Arc::new(store))
    }

    /// Makes a backup the store at the address.
    pub fn restore(
        address: &Address,
        input: &mut dyn BufRead,
        retention: Retention,
    ) -> anyhow::Result<Backup> {
        let place = place(address, "restore")?;
        RedisStore::restore(&place, input, retention).with_context(|| place.shown())
    }

    fn place(address: &Address, command: &'static str) -> anyhow::Result<RedisPlace> {
        let place = RedisPlace::parse(&address.0);
        Ok(place.ok_or_else(|| UsageError {
            message: "--store: cần một địa chỉ như redis://127.0.0.1:6379/0".to_owned(),
            command,
        })?)
    }
}

#[cfg(not(feature = "redis"))]
mod built_in {
    use super::*;

    pub fn open(
        _address: &Address,
        command: &'static str,
        _retention: Retention,
    ) -> anyhow::Result<Arc<dyn Store>> {
        Err(missing(command))
    }

    pub fn restore(
        _address: &Address,
        _input: &mut dyn BufRead,
        _retention: Retention,
    ) -> anyhow::Result<Backup> {
        Err(missing("restore"))
    }

    fn missing(command: &'static str) -> anyhow::Error {
        let message = "--store: chương trình này được dựng không có Redis".to_owned();
        UsageError { message, command }.into()
    }
}

pub use built_in::{open, restore};
