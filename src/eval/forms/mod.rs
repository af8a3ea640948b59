//! The forms in which people type the same question: ten, and six rougher ones. Written apart from the text room on
//! purpose: a folding step must not be measured with its own mistakes.

mod keys;
mod marks;
mod polite;
pub(super) mod rng;
mod rough;
mod slip;

use unicode_normalization::UnicodeNormalization;

/// A way to type a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// As it should be.
    Clean,
    /// Without diacritics.
    Bare,
    /// All capitals.
    Capitals,
    /// Diacritics as characters of their own.
    Nfd,
    /// Tone marks where they used to stand: `hoà`, `uỷ`.
    OldTone,
    /// One slip of the thumb.
    Slip,
    /// The slip, without diacritics.
    BareSlip,
    /// Telex keys with the input method off.
    Telex,
    /// VNI keys with the input method off.
    Vni,
    /// Wrapped in politeness.
    Polite,
    /// About half of the diacritics.
    HalfMarks,
    /// Two words run together.
    Glued,
    /// A letter held down.
    Held,
    /// Typed by a machine from speech.
    Spoken,
    /// With pictures around it.
    Pictures,
    /// A capital at the beginning of every word.
    TitleCase,
}

impl Form {
    /// All forms, the clean one first.
    pub const ALL: [Form; 10] = [
        Form::Clean,
        Form::Bare,
        Form::Capitals,
        Form::Nfd,
        Form::OldTone,
        Form::Slip,
        Form::BareSlip,
        Form::Telex,
        Form::Vni,
        Form::Polite,
    ];

    /// The rougher forms, the clean one first: what they are compared with.
    pub const ROUGH: [Form; 7] = [
        Form::Clean,
        Form::HalfMarks,
        Form::Glued,
        Form::Held,
        Form::Spoken,
        Form::Pictures,
        Form::TitleCase,
    ];

    /// A word for tables and JSON.
    pub fn key(self) -> &'static str {
        match self {
            Form::Clean => "clean",
            Form::Bare => "bare",
            Form::Capitals => "capitals",
            Form::Nfd => "nfd",
            Form::OldTone => "old-tone",
            Form::Slip => "slip",
            Form::BareSlip => "bare-slip",
            Form::Telex => "telex",
            Form::Vni => "vni",
            Form::Polite => "polite",
            Form::HalfMarks => "half-marks",
            Form::Glued => "glued",
            Form::Held => "held",
            Form::Spoken => "spoken",
            Form::Pictures => "pictures",
            Form::TitleCase => "title-case",
        }
    }

    /// A name for people.
    pub fn name(self) -> &'static str {
        match self {
            Form::Clean => "đúng chính tả",
            Form::Bare => "không dấu",
            Form::Capitals => "chữ hoa",
            Form::Nfd => "Unicode tổ hợp",
            Form::OldTone => "dấu kiểu cũ",
            Form::Slip => "gõ nhầm một phím",
            Form::BareSlip => "gõ nhầm, không dấu",
            Form::Telex => "Telex thô",
            Form::Vni => "VNI thô",
            Form::Polite => "thưa gửi",
            Form::HalfMarks => "nửa có dấu",
            Form::Glued => "dính chữ",
            Form::Held => "giữ phím",
            Form::Spoken => "đọc cho máy gõ",
            Form::Pictures => "biểu tượng",
            Form::TitleCase => "Viết Hoa Đầu Chữ",
        }
    }

    /// The question in this form. What is left to chance is drawn from the id, so that every run
    /// asks the same. `small_talk` is what nobody would begin with “cho em hỏi”.
    pub fn write(self, question: &str, id: &str, small_talk: bool) -> String {
        let question: String = question.nfc().collect();
        match self {
            Form::Clean => question,
            Form::Bare => marks::bare(&question),
            Form::Capitals => question.to_uppercase(),
            Form::Nfd => question.nfd().collect(),
            Form::OldTone => marks::old_tone(&question),
            Form::Slip => slip::slip(&question, id),
            Form::BareSlip => slip::slip(&marks::bare(&question), id),
            Form::Telex => keys::telex(&question),
            Form::Vni => keys::vni(&question),
            Form::Polite => polite::polite(&question, id, small_talk),
            Form::HalfMarks => rough::half_marks(&question, id),
            Form::Glued => rough::glued(&question, id),
            Form::Held => rough::held(&question, id),
            Form::Spoken => rough::spoken(&question, id),
            Form::Pictures => rough::pictures(&question, id),
            Form::TitleCase => rough::title_case(&question),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_form_has_its_own_names() {
        let forms = || Form::ALL.iter().chain(&Form::ROUGH[1..]);
        let keys: HashSet<_> = forms().map(|form| form.key()).collect();
        let names: HashSet<_> = forms().map(|form| form.name()).collect();
        assert_eq!((keys.len(), names.len()), (16, 16));
    }

    #[test]
    fn the_same_id_asks_the_same() {
        for form in Form::ALL.into_iter().chain(Form::ROUGH) {
            let question = "Ủy ban nhân dân xã được giao việc gì?";
            assert_eq!(
                form.write(question, "a", false),
                form.write(question, "a", false)
            );
        }
    }

    #[test]
    fn simple_forms() {
        assert_eq!(Form::Capitals.write("Đi đâu?", "a", false), "ĐI ĐÂU?");
        assert_eq!(Form::Nfd.write("ế", "a", false), "e\u{302}\u{301}");
        assert_eq!(Form::Clean.write("e\u{302}\u{301}", "a", false), "ế");
    }
}
