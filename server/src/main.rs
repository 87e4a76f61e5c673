//! The binary `thuocdo`: one command, one exit code.

use std::{process::ExitCode, time::Duration};

use anyhow::Context as _;
use clap::Parser;
use server::{
    cli::{Cli, Command, TemplateOf},
    commands::{
        backup, batches, demo, export,
        import::{self, Asked},
        readings, serve, token, user, verify,
    },
    log,
};
use tokio::runtime::Runtime;

/// Pages and imports are made of many small things: this allocator makes both a fifth quicker than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Every row went in, or the command did what it was asked.
const DONE: u8 = 0;
/// Nothing was done, and the message says why.
const REFUSED: u8 = 1;
/// The import is in, but rows were set aside.
const SOME_SET_ASIDE: u8 = 2;

/// How long what runs beside the threads that answer may take to end, once there is nothing more to do.
const LAST: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    let cli = Cli::parse();
    log::begin(cli.settings.log_format);
    let done = Runtime::new().context("không khởi động được / cannot begin").and_then(|runtime| {
        let done = runtime.block_on(run(cli));
        // A look into a large workbook, or a picture that nobody waits for any more, does not hold up the end.
        runtime.shutdown_timeout(LAST);
        done
    });
    match done {
        Ok(code) => code.into(),
        Err(error) => {
            eprintln!("thuocdo: {error:#}");
            REFUSED.into()
        }
    }
}

/// Who stops reading, as `head` does, ends a command that only tells something. What writes data goes on.
fn end_with_the_reader(command: &Command) {
    let tells = matches!(
        command,
        Command::Readings { .. }
            | Command::Verify { .. }
            | Command::Batches { .. }
            | Command::Template { .. }
    );
    if tells {
        sigpipe::reset();
    }
}

async fn run(Cli { settings, command }: Cli) -> anyhow::Result<u8> {
    end_with_the_reader(&command);
    match command {
        Command::Serve { listen, demo } => serve::run(&settings, listen, demo).await?,
        Command::Import { kind, file, mapping, set_aside, all_or_nothing, json } => {
            let asked = Asked { kind, file, mapping, set_aside, all_or_nothing, is_json: json };
            return Ok(if import::run(&settings, asked).await? { DONE } else { SOME_SET_ASIDE });
        }
        Command::Readings { period, cycle, as_of, agency, level, field, channel, json } => {
            let parameters = [
                ("period", period),
                ("cycle", cycle),
                ("as_of", as_of),
                ("agency", agency),
                ("level", level),
                ("field", field),
                ("channel", channel),
            ];
            readings::run(&settings, &parameters, json).await?;
        }
        Command::Verify { json } => verify::run(&settings, json).await?,
        Command::Rebuild => verify::rebuild(&settings).await?,
        Command::Batches { most, json } => batches::list(&settings, most, json).await?,
        Command::Undo { batch, json } => batches::undo(&settings, batch, json).await?,
        Command::Backup { file, json } => backup::run(&settings, file, json).await?,
        Command::Restore { file, replace, json } => {
            backup::restore(&settings, &file, replace, json).await?;
        }
        Command::Token { action } => token::run(&settings, action).await?,
        Command::User { action } => user::run(&settings, action).await?,
        Command::Demo { rows } => demo::run(&settings, rows).await?,
        Command::Export { what } => export::run(&settings, what).await?,
        Command::Template { of: TemplateOf::File(kind) } => println!("{}", intake::template(kind).join(",")),
        Command::Template { of: TemplateOf::Brief } => print!("{}", typeset::BRIEF),
    }
    Ok(DONE)
}
