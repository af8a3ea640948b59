//! The bot's token: it can be used, and never printed.

use std::fmt;

/// A token that shows itself to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes a token as BotFather gives it; spaces around it are not part of it. `None` for what
    /// cannot be one.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let (id, secret) = text.split_once(':')?;
        let sound = !id.is_empty()
            && id.bytes().all(|byte| byte.is_ascii_digit())
            && !secret.is_empty()
            && secret
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        sound.then(|| Self(text.to_owned()))
    }

    /// The token itself, for the library that talks to Telegram.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_token() {
        let token = Token::new(" 123:Ab_-9\n").unwrap();
        assert_eq!(token.expose(), "123:Ab_-9");
        assert_eq!(format!("{token:?}"), "Token(…)");
        for text in ["", "123", "123:", ":abc", "12a:abc", "123:a b", "123:a/b"] {
            assert_eq!(Token::new(text), None, "{text}");
        }
    }
}
