//! The JSON answer: one object a line, with the few extras the command line may ask for.

use serde::Serialize;

use crate::answer::{Answer, PassageId};

/// What may stand in the object beside the fields of the contract.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// The first passages of the ranking, whatever the kind of answer.
    pub ranked: Option<Vec<PassageId>>,
    /// Why a line of input could not be read as a question.
    pub error: Option<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    answer: &'a Answer,
    #[serde(skip_serializing_if = "Option::is_none")]
    ranked: Option<&'a [PassageId]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

/// The answer as one line of JSON, without the line's end.
pub fn line(answer: &Answer, extras: &Extras) -> String {
    let line = Line {
        answer,
        ranked: extras.ranked.as_deref(),
        error: extras.error.as_deref(),
    };
    // Strings and numbers only, and every key is a string: there is nothing that could fail.
    serde_json::to_string(&line).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Intent, Kind};

    fn blank() -> Answer {
        Answer {
            question: "a\nb".to_owned(),
            kind: Kind::Abstain,
            intent: Intent::None,
            units: Vec::new(),
            text: String::new(),
            citations: Vec::new(),
            suggestions: Vec::new(),
            confidence: 0.0,
            fingerprint: "0f".to_owned(),
            elapsed_us: 7,
            blocks: Vec::new(),
        }
    }

    #[test]
    fn the_fields_of_the_contract_and_no_more() {
        assert_eq!(
            line(&blank(), &Extras::default()),
            r#"{"question":"a\nb","kind":"abstain","intent":"none","units":[],"text":"","citations":[],"suggestions":[],"confidence":0.0,"fingerprint":"0f","elapsed_us":7}"#
        );
    }

    #[test]
    fn extras_come_last() {
        let extras = Extras {
            ranked: Some(vec![PassageId::new("a#I.1")]),
            error: Some("vì sao".into()),
        };
        assert!(
            line(&blank(), &extras)
                .ends_with(r#""elapsed_us":7,"ranked":["a#I.1"],"error":"vì sao"}"#)
        );
    }
}
