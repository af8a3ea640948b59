//! Passage ids in `t.me/<bot>?start=…`, which takes 64 characters of `A-Za-z0-9_-`:
//! `ke-hoach-109#III.4` is `ke-hoach-109_III_4`.

use crate::answer::PassageId;

const LONGEST: usize = 64;

/// The start parameter of a place; `None` if it does not fit.
pub fn to_start(place: &PassageId) -> Option<String> {
    let id = place.as_str();
    let fits = !id.is_empty()
        && id.len() <= LONGEST
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-#.".contains(&byte));
    fits.then(|| id.replace(['#', '.'], "_"))
}

/// The place a start parameter names, whether the corpus holds it or not: the first `_` stands for
/// `#`, the others for `.`.
pub fn from_start(parameter: &str) -> Option<PassageId> {
    let fits = !parameter.is_empty()
        && parameter.len() <= LONGEST
        && parameter
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if !fits {
        return None;
    }
    let (document, path) = parameter.split_once('_').unwrap_or((parameter, ""));
    Some(PassageId::of(document, &path.replace('_', ".")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for (id, start) in [
            ("ke-hoach-109#III.4", "ke-hoach-109_III_4"),
            ("ke-hoach-109", "ke-hoach-109"),
            ("chi-thi-28#boi-canh.5", "chi-thi-28_boi-canh_5"),
        ] {
            assert_eq!(to_start(&PassageId::new(id)).as_deref(), Some(start));
            assert_eq!(from_start(start), Some(PassageId::new(id)));
        }
    }

    #[test]
    fn what_does_not_fit() {
        assert_eq!(to_start(&PassageId::new("kế-hoạch#I")), None);
        assert_eq!(to_start(&PassageId::new("a".repeat(65))), None);
        for parameter in ["", "a b", "a#b", &"a".repeat(65)] {
            assert_eq!(from_start(parameter), None);
        }
    }
}
