//! `hoidap`: questions in Vietnamese answered by quotation of official documents.
//!
//! Data flows one way. Files become documents and tables ([`corpus`]), whose passages are indexed
//! ([`index`]). A message becomes a question ([`question`]); the index gives candidates, the rules
//! order them and one line decides whether they answer ([`rank`]); an answer is composed of
//! quotations cut from passages ([`compose`]) and drawn for a reader ([`render`]). The [`engine`]
//! holds it together; the command line ([`cli`]) and the measures ([`eval`]) go through it.
//! Everything below the engine is synchronous and deterministic.
//!
//! ```
//! use hoidap::answer::{Context, Kind};
//! use hoidap::{corpus::Corpus, engine::Engine, index};
//!
//! let file = "+++\nid = \"kh\"\ntype = \"Kế hoạch\"\nnumber = \"7-KH\"\nshort = \"Kế hoạch 7\"\n\
//!             title = \"Kế hoạch trồng cây\"\nissuer = \"Ủy ban xã\"\n+++\n\n## I. VIỆC LÀM\n\n\
//!             - Trường học trồng cây bóng mát trước mùa mưa.\n\n- Thôn dọn mương hằng tháng.\n";
//! let (corpus, problems) = Corpus::from_files(vec![("kh.md".into(), file.into())])?;
//! assert!(problems.is_empty());
//! let index = index::open_in_memory(&corpus)?;
//! let engine = Engine::new(corpus, index);
//!
//! let reply = engine.ask("bao giờ dọn mương?", &Context::default());
//! assert_eq!(reply.answer.kind, Kind::Answer);
//! assert_eq!(reply.answer.citations[0].quote, "Thôn dọn mương hằng tháng.");
//!
//! let reply = engine.ask("vé xem phim giá bao nhiêu tiền?", &Context::default());
//! assert_eq!(reply.answer.kind, Kind::Abstain);
//! assert!(reply.answer.citations.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

pub mod answer;
#[cfg(feature = "bot")]
pub mod bot;
pub mod cli;
pub mod compose;
pub mod corpus;
pub mod engine;
pub mod eval;
pub mod import;
pub mod index;
pub mod question;
pub mod rank;
pub mod render;
#[cfg(feature = "bot")]
pub mod store;
pub mod text;
