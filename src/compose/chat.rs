//! Greeting, thanks, help; and wishes that no quotation can meet.

use super::draft::Draft;
use super::{Brief, phrases, suggest};
use crate::answer::{Intent, Kind};
use crate::question::Chat;

/// One fixed reply each.
pub fn compose(brief: &Brief, wish: Chat) -> Draft {
    let (kind, reply) = match wish {
        Chat::Greeting => (Kind::Chat, phrases::greeting(brief.corpus)),
        Chat::Thanks => (Kind::Chat, phrases::THANKS.to_owned()),
        Chat::Help => (Kind::Chat, phrases::help(brief.corpus)),
        Chat::OnlyRules => (Kind::Chat, phrases::ONLY_RULES.to_owned()),
        Chat::Opinion => (Kind::Abstain, phrases::NO_OPINION.to_owned()),
        Chat::Writing => (Kind::Abstain, phrases::NO_WRITING.to_owned()),
        Chat::Injection => (Kind::Abstain, phrases::NO_ORDERS.to_owned()),
    };
    let mut draft = Draft::new(kind, Intent::None);
    draft.frame(reply);
    draft.suggestions = match wish {
        Chat::Greeting | Chat::Help | Chat::OnlyRules => suggest::other_units(brief, &[]),
        _ => suggest::nearest(brief),
    };
    draft
}
