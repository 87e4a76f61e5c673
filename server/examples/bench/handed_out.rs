//! What leaves the building, measured: a chart, the brief, the longest list; and the same picture by other tools.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use app::{
    context::{Context, address},
    links::ChartName,
};
use server::export::{self, brief, passport::Passport};
use store::Store;
use thuocdo::{
    agency::Scope,
    brief::Letterhead,
    charts::{Theme, picture, svg},
};

use crate::{city::City, each, path, program::Program, say};

pub async fn measure(program: &Program, city: &City, folder: &Path) -> anyhow::Result<()> {
    let store = Store::open(&city.url).await?;
    let day = "2024-01-15".parse()?;
    let context = Context::new(store, std::sync::Arc::new(move || day));
    let said = |error: app::error::AppError| anyhow::anyhow!("{error}");
    let year = address("?period=2023").map_err(said)?;
    let chart = context.chart(&Scope::All, ChartName::Months, &year).await.map_err(said)?;
    let size = chart.fit(850);
    say("one chart as SVG", &format!("{:?}", each(1_000, || drop(svg(&chart, size)))));
    let drawn = picture(&chart, size, Theme::Light);
    say("  as PNG, 1 700 px", &format!("{:?}", each(20, || drop(export::png::render(&drawn, 2)))));
    beside(folder, &drawn)?;

    let month = address("?period=2023-09").map_err(said)?;
    let begun = Instant::now();
    let of_month = context.brief(&Scope::All, &month).await.map_err(said)?;
    say("the brief of a month, its figures, nothing cached", &format!("{:.0?}", begun.elapsed()));
    let letterhead = Letterhead::default();
    let passport = Passport::brief("?period=2023-09", of_month.figures.values.clone());
    let mut set = Vec::new();
    let pdf = each(3, || {
        set = brief::pdf(&of_month, &letterhead, &passport, typeset::BRIEF, day).unwrap_or_default();
    });
    anyhow::ensure!(!set.is_empty(), "the brief was not set");
    say("  set as PDF", &format!("{pdf:.0?}, {} kB", set.len() / 1_024));
    let docx = each(3, || drop(brief::docx(&of_month, &letterhead, day)));
    say("  written for Word", &format!("{docx:.0?}"));

    let list = folder.join("list.xlsx");
    let asked = "/ho-so/danh-sach.xlsx?list=received&period=2023-Q3";
    let ran = program.timed(&city.url, &["export", "file", asked, "--out", path(&list)?])?;
    let megabytes = std::fs::metadata(&list)?.len() >> 20;
    let what = format!("{:.1?}, {} MB of memory, a file of {megabytes} MB", ran.took, ran.peak);
    say("every case file received in a quarter as a workbook", &what);
    std::fs::remove_file(list)?;
    Ok(())
}

/// The same picture by matplotlib, and as a screenshot of the drawing by a browser.
fn beside(folder: &Path, drawn: &str) -> anyhow::Result<()> {
    let output = Command::new("python3").args(["-c", MATPLOTLIB]).output();
    match output {
        Ok(output) if output.status.success() => {
            say("  by matplotlib, in a process that is warm", String::from_utf8_lossy(&output.stdout).trim());
        }
        _ => say("  by matplotlib", "left out: the Python package matplotlib is not installed"),
    }
    let (page, shot) = (folder.join("chart.svg"), folder.join("chart.png"));
    std::fs::write(&page, drawn)?;
    let begun = Instant::now();
    let ran = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--force-device-scale-factor=2",
            "--window-size=850,360",
        ])
        .args([format!("--screenshot={}", path(&shot)?), format!("file://{}", path(&page)?)])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let took: Duration = begun.elapsed();
    match ran {
        Ok(status) if status.success() => say("  by a browser without a window", &format!("{took:.1?}")),
        _ => say("  by a browser without a window", "left out: chromium is not installed"),
    }
    Ok(())
}

/// Twelve months against a target, 1 700 pixels wide; the median of nine after one that warms up.
const MATPLOTLIB: &str = r#"
import io, statistics, time
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
def once():
    begun = time.perf_counter()
    figure, axes = plt.subplots(figsize=(8.5, 3.6), dpi=200)
    axes.plot(range(1, 13), [99.7, 99.64, 99.79, 99.81, 99.76, 99.85, 99.88, 99.83, 99.91, 99.9, 99.87, 99.92], marker="o")
    axes.axhline(100, linestyle=":")
    axes.set_xticks(range(1, 13), [f"T{month}" for month in range(1, 13)])
    axes.set_title("Tháng 9 gần chỉ tiêu nhất: 99,91 %", loc="left")
    axes.annotate("99,91 %", (9, 99.91))
    figure.savefig(io.BytesIO(), format="png")
    plt.close(figure)
    return time.perf_counter() - begun
once()
print(f"{statistics.median(once() for _ in range(9)) * 1000:.0f} ms")
"#;
