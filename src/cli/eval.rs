//! `hoidap eval`: gold questions in every form, measured, and compared with the committed table; or
//! generated questions, whose answers are looked at from outside.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::thread;
use std::time::Instant;

use anyhow::Context as _;

use super::Outcome as Ending;
use super::arguments::Eval;
use super::config::Config;
use super::failure::tell;
use super::open::open;
use crate::engine::Engine;
use crate::eval::generate::{self, Plan};
use crate::eval::{self, Form, Outcome, Report, Table, gold};

/// Asks, measures, prints.
pub fn run(config: &Config, arguments: &Eval) -> anyhow::Result<Ending> {
    match arguments.generate {
        Some(questions) => generated(&engine(config, arguments)?, questions, arguments.seed),
        None => measured(config, arguments),
    }
}

/// The engine, without the rules that are left out.
fn engine(config: &Config, arguments: &Eval) -> anyhow::Result<Engine> {
    let mut engine = open(config)?;
    for rule in &arguments.without {
        if !engine.switch_off(rule) {
            let known = crate::engine::rules().join(", ");
            anyhow::bail!("không có luật xếp hạng “{rule}”; các luật: {known}");
        }
    }
    Ok(engine)
}

/// Asks generated questions on all cores. Progress is for somebody who looks on.
fn generated(engine: &Engine, questions: usize, seed: u64) -> anyhow::Result<Ending> {
    let plan = Plan {
        questions,
        seed,
        threads: thread::available_parallelism().map_or(1, usize::from),
    };
    let start = Instant::now();
    let speed = |asked: usize| asked as f64 / start.elapsed().as_secs_f64().max(1e-6);
    let watched = io::stderr().is_terminal();
    let tally = generate::run(engine, &plan, |asked| {
        if watched {
            let _ = write!(
                io::stderr(),
                "\r{asked}/{questions} câu, {:.0} câu/giây ",
                speed(asked)
            );
        }
    });
    if watched {
        let _ = writeln!(io::stderr());
    }
    let mut stdout = io::stdout().lock();
    write!(stdout, "{tally}")?;
    writeln!(
        stdout,
        "Số gieo {seed}; {:.0} giây, {:.0} câu/giây trên {} luồng.",
        start.elapsed().as_secs_f64(),
        speed(tally.asked),
        plan.threads
    )?;
    stdout.flush()?;
    Ok(match tally.is_sound() {
        true => Ending::Fine,
        false => Ending::Failed,
    })
}

/// Asks the gold questions.
fn measured(config: &Config, arguments: &Eval) -> anyhow::Result<Ending> {
    let (talks, mut flaws) = gold::read(&arguments.files)?;
    let engine = engine(config, arguments)?;
    flaws.extend(gold::flaws(&talks, engine.corpus()));
    if !flaws.is_empty() {
        for flaw in &flaws {
            tell(&flaw.to_string(), None);
        }
        anyhow::bail!("{} chỗ sai trong bộ câu hỏi; chưa đo gì", flaws.len());
    }
    let forms = match arguments.rough {
        true => &Form::ROUGH[..],
        false => &Form::ALL[..],
    };
    let outcomes = eval::run(&engine, &talks, forms);
    let report = Report::new(&outcomes);
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    if arguments.json {
        writeln!(stdout, "{}", report.json())?;
    } else {
        write!(stdout, "{report}")?;
    }
    if arguments.fails {
        write!(stdout, "\n{}", report.fails())?;
    }
    stdout.flush()?;
    if let Some(path) = &arguments.write {
        write(path, &outcomes)?;
    }
    match &arguments.check {
        Some(path) => check(path, &outcomes, &report),
        None => Ok(Ending::Fine),
    }
}

/// Writes the table; beside it first, so that a broken run leaves the old one whole.
fn write(path: &Path, outcomes: &[Outcome]) -> anyhow::Result<()> {
    let older = if path.exists() {
        Some(read(path)?)
    } else {
        None
    };
    let table = Table::new(outcomes, older.as_ref());
    let beside = path.with_extension("tmp");
    let written = fs::write(&beside, format!("{}{table}", measured_today()))
        .and_then(|()| fs::rename(&beside, path));
    written.with_context(|| format!("{}: không ghi được bảng", path.display()))
}

/// The day of the measuring, for whoever reads the table; a build without the bot, which shows it,
/// leaves it out.
fn measured_today() -> String {
    #[cfg(feature = "bot")]
    {
        let day = crate::answer::date(crate::bot::today());
        crate::eval::measured(&day)
    }
    #[cfg(not(feature = "bot"))]
    String::new()
}

fn read(path: &Path) -> anyhow::Result<Table> {
    let place = || format!("{}: không đọc được bảng", path.display());
    let text = fs::read_to_string(path).with_context(place)?;
    Table::parse(&text).with_context(place)
}

/// Says on standard error what changed, so that `--json` stays JSON.
fn check(path: &Path, outcomes: &[Outcome], report: &Report) -> anyhow::Result<Ending> {
    let comparison = read(path)?.compare(outcomes, report);
    let mut stderr = io::stderr().lock();
    let _ = write!(stderr, "{comparison}");
    if comparison.is_stale() {
        let _ = writeln!(
            stderr,
            "Bảng đã cũ; ghi lại bằng --write {}",
            path.display()
        );
    }
    Ok(if comparison.passes() {
        Ending::Fine
    } else {
        Ending::Failed
    })
}
