//! LibreOffice, which makes PDF and HTML of a Word file as an office does. With
//! `HOIDAP_NEED_OFFICE` set (as in CI) it must be there; without, what needs it is passed over.

use std::fs;
use std::process::Command;

/// What LibreOffice makes of a Word file; nothing where there is none and none is demanded.
pub fn convert(docx: &[u8], to: &str) -> Option<Vec<u8>> {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    let file = folder.join("a.docx");
    fs::write(&file, docx).unwrap();
    // A profile of its own: two at once would wait for each other, or fail.
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let ran = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", to, "--outdir"])
        .arg(folder)
        .arg(&file)
        .output();
    let made = file.with_extension(to);
    let done = ran.as_ref().is_ok_and(|ran| ran.status.success()) && made.exists();
    let demanded = std::env::var_os("HOIDAP_NEED_OFFICE").is_some();
    assert!(
        done || !demanded,
        "soffice made no {to} of {}: {ran:?}",
        file.display()
    );
    if !done {
        eprintln!("no soffice: {to} is passed over");
        return None;
    }
    Some(fs::read(made).unwrap())
}
