//! Telegram's HTML: escaping, and the few tags used here.
