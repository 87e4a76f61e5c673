//! Pages over a real socket, so that what a reader waits for is measured: warm, and after an import.

use std::time::{Duration, Instant};

use reqwest::Client;
use thuocdo::agency::Row as Agency;

use crate::{City, Program, Server, median, percentile, say};

/// Every page, and those that ask most.
pub const PAGES: [(&str, &str); 16] = [
    ("overview", "/?period=2023"),
    ("overview of a district", "/?period=2023&agency=271"),
    ("overview of a field", "/?period=2023&field=TNMT"),
    ("case files", "/ho-so?period=2023"),
    ("case files of a quarter", "/ho-so?period=2023-Q3"),
    ("case files of a district", "/ho-so?period=2023&agency=271"),
    ("case files of a field", "/ho-so?period=2023&field=TNMT"),
    ("case files of a field in a district", "/ho-so?period=2023&agency=271&field=TNMT"),
    ("case files of a channel", "/ho-so?period=2023&channel=online"),
    ("case files of a procedure", "/ho-so?period=2023&procedure=TT-HT-03"),
    ("communes, case files", "/ho-so?period=2023&level=commune"),
    ("a list of late files", "/ho-so?period=2023&list=late"),
    ("petitions", "/phan-anh?period=2023"),
    ("dialogues", "/doi-thoai?period=2023"),
    ("indexes", "/chi-so?period=2023"),
    ("search", "/tim-kiem?q=ung%20hoa"),
];

/// How long a page takes, from asking to its last byte.
pub async fn ask(client: &Client, server: &Server, address: &str) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    let response = client.get(format!("{}{address}", server.root)).send().await?.error_for_status()?;
    response.bytes().await?;
    Ok(begun.elapsed())
}

/// Pages after the first time.
pub async fn warm(program: &Program, small: &City, large: &City) -> anyhow::Result<()> {
    let client = Client::new();
    let (few, many) = (program.serve(&small.url)?, program.serve(&large.url)?);
    for (name, address) in PAGES {
        let (few, _) = times(&client, &few, address).await?;
        let (many, slow) = times(&client, &many, address).await?;
        say(&format!("  {name}"), &format!("{many:.1?}, {}, p95 {slow:.1?}", ratio(many, few)));
    }
    say("  memory of the server after them, MB", &many.peak().to_string());
    Ok(())
}

async fn times(client: &Client, server: &Server, address: &str) -> anyhow::Result<(Duration, Duration)> {
    ask(client, server, address).await?;
    let mut times = Vec::new();
    for _ in 0..40 {
        times.push(ask(client, server, address).await?);
    }
    Ok((median(times.clone()), percentile(times, 95)))
}

/// Pages whose answer no cache holds.
pub async fn cold(program: &Program, small: &City, large: &City) -> anyhow::Result<()> {
    for (name, address) in PAGES {
        let (few, many) = (first(program, small, address).await?, first(program, large, address).await?);
        say(&format!("  {name}"), &format!("{many:.1?}, {}", ratio(many, few)));
    }
    Ok(())
}

/// Pages of a part of the city, each asked for the first time, of a server that is warm otherwise. Each kind is told by
/// itself, and in it the first page of a part by itself, which may have to read its files; then all together.
pub async fn narrowed(program: &Program, city: &City) -> anyhow::Result<()> {
    const ENDS: [&str; 3] = ["2023", "2023-Q3", "2022-11"];
    const IN_A_HALF: [&str; 3] =
        ["2023-Q3&as_of=2023-09-20", "2023-11&as_of=2023-11-08", "2022&as_of=2022-05-25"];
    let (client, server) = (Client::new(), program.serve(&city.url)?);
    for address in ["/?period=2023", "/ho-so?period=2023"] {
        ask(&client, &server, address).await?;
    }
    let agency = |row: Agency| format!("agency={}", row.agency_code);
    let agencies: Vec<String> = server::demo::agencies().into_iter().step_by(7).map(agency).collect();
    let fields: Vec<String> =
        server::demo::fields().into_iter().map(|row| format!("field={}", row.field_code)).collect();
    let procedures: Vec<String> = server::demo::procedures()
        .into_iter()
        .step_by(5)
        .map(|row| format!("procedure={}", row.procedure_code))
        .collect();
    let both = agencies.iter().step_by(9).zip(&fields).map(|(agency, field)| format!("{agency}&{field}"));
    let both: Vec<String> = both.collect();
    let rest = ["level=department", "level=district", "level=commune", "channel=online", "channel=in_person"];
    let rest = rest.map(str::to_owned).to_vec();
    let kinds = [
        ("one agency", &agencies, ENDS),
        ("one field", &fields, ENDS),
        ("one level or channel", &rest, ENDS),
        ("one procedure", &procedures, ENDS),
        ("one field of one agency", &both, ENDS),
        ("one field, up to a day inside a half", &fields, IN_A_HALF),
    ];
    println!("narrowed, each for the first time");
    let mut all = Vec::new();
    for (kind, parts, periods) in kinds {
        let (mut firsts, mut others) = (Vec::new(), Vec::new());
        for part in parts {
            for (place, period) in periods.iter().enumerate() {
                let time = ask(&client, &server, &format!("/ho-so?period={period}&{part}")).await?;
                if place == 0 { &mut firsts } else { &mut others }.push(time);
            }
        }
        tell(kind, &others);
        tell("  the first of each", &firsts);
        all.extend(firsts.into_iter().chain(others));
    }
    tell("all of them", &all);
    Ok(())
}

fn tell(what: &str, times: &[Duration]) {
    let (half, most) = (median(times.to_vec()), percentile(times.to_vec(), 95));
    say(&format!("  {what}"), &format!("{} pages, median {half:.1?}, p95 {most:.1?}", times.len()));
}

async fn first(program: &Program, city: &City, address: &str) -> anyhow::Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..3 {
        let (client, server) = (Client::new(), program.serve(&city.url)?);
        // What every server does once in its life is not what is measured.
        ask(&client, &server, "/healthz").await?;
        times.push(ask(&client, &server, address).await?);
    }
    Ok(median(times))
}

fn ratio(many: Duration, few: Duration) -> String {
    format!("{:.2} ({few:.1?})", many.as_secs_f64() / few.as_secs_f64())
}
