//! `thuocdo export`: what the pages hand out, written to a file. Asked of the same routes, so that both are the same bytes.

use std::{
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use app::context::Context;
use axum::{body::Body, http::Request};
use clap::{Subcommand, ValueEnum};
use futures::StreamExt as _;
use thuocdo::{access::Actor, address::Address, lang::Lang};
use tower::ServiceExt as _;

use crate::{
    Serving, clock,
    config::{DATABASE, Settings},
    router,
    routes::{Why, reports::Documents},
};

/// What to export.
#[derive(Debug, Clone, Subcommand)]
pub enum What {
    /// Báo cáo tháng / the monthly brief
    Brief {
        /// Tháng, như 2023-09 / the month
        #[arg(long)]
        month: String,
        /// pdf, docx hoặc html
        #[arg(long = "as", value_enum, default_value_t = BriefForm::Pdf)]
        form: BriefForm,
        /// Đơn vị và các đơn vị bên dưới; không có là toàn thành phố / an agency with all below it
        #[arg(long)]
        agency: Option<String>,
        /// vi hoặc en
        #[arg(long, default_value = "vi")]
        lang: Lang,
        /// Mẫu báo cáo của cơ quan, xem `thuocdo template brief` / the office's own template
        #[arg(long, env = "THUOCDO_BRIEF_TEMPLATE")]
        brief_template: Option<PathBuf>,
        /// Tệp để ghi [mặc định: bao-cao-THÁNG.pdf] / the file to write
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Một tệp theo địa chỉ tải về trên trang, như "/bieu-do/ho-so-theo-thang.png?period=2023" / a file by the address of its download
    File {
        /// Địa chỉ, từ dấu / đầu tiên / the address, from its first slash
        address: String,
        /// Tệp để ghi [mặc định: tên trong địa chỉ] / the file to write
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

/// What a brief is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BriefForm {
    /// To keep.
    Pdf,
    /// To edit.
    Docx,
    /// To open without a network.
    Html,
}

impl BriefForm {
    fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
        }
    }
}

/// Writes the file and says where.
///
/// # Errors
/// When what is asked for says nothing sensible, the database fails or the file cannot be written.
pub async fn run(settings: &Settings, what: What) -> anyhow::Result<()> {
    let (address, out, documents) = match what {
        What::Brief { month, form, agency, lang, brief_template, out } => {
            let given = [("period", Some(month.as_str())), ("agency", agency.as_deref())];
            let given = given.into_iter().filter_map(|(name, value)| Some((name, value?)));
            let address = Address { lang, ..Address::parse(given)? };
            let ending = form.ending();
            let out = out.unwrap_or_else(|| PathBuf::from(format!("bao-cao-{month}.{ending}")));
            let address = format!("/bao-cao/thang.{ending}{}", address.query());
            (address, out, Documents { brief_template })
        }
        What::File { address, out } => {
            let path = address.split('?').next().unwrap_or_default();
            let name = path.rsplit('/').next().filter(|name| name.contains('.'));
            let Some(name) = name.filter(|_| address.starts_with('/')) else {
                bail!(
                    "viết địa chỉ của một tệp, như /bieu-do/ho-so-theo-thang.png?period=2023 / \
                     write the address of a file, such as /bieu-do/ho-so-theo-thang.png?period=2023"
                );
            };
            let out = out.unwrap_or_else(|| PathBuf::from(name));
            (address, out, Documents::default())
        }
    };
    let store = settings.open(DATABASE).await?;
    let context = Context::new(store.clone(), clock::clock(settings.today));
    let written = write(context, documents, &address, &out).await;
    store.close().await;
    let bytes = written?;
    println!("{} ({bytes} byte)", out.display());
    Ok(())
}

async fn write(context: Context, documents: Documents, address: &str, out: &Path) -> anyhow::Result<u64> {
    let mut request = Request::get(address)
        .body(Body::empty())
        .with_context(|| format!("«{address}» không phải là địa chỉ / “{address}” is no address"))?;
    // Whoever runs the command holds the database itself.
    request.extensions_mut().insert(Actor::machine());
    let response = router(context, Serving { documents, ..Serving::default() }).oneshot(request).await?;
    if !response.status().is_success() {
        match response.extensions().get::<Why>() {
            Some(Why(why)) => bail!("{why}"),
            None => bail!("không có tệp nào ở {address} / there is no file at {address}"),
        }
    }
    let cannot = || {
        let out = out.display();
        format!(
            "không ghi được {out}: kiểm tra quyền và chỗ trống / {out} cannot be written: check rights and room"
        )
    };
    // Beside its place until it is whole: a file cut short would be taken for the whole.
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.tempfile_in(folder).with_context(cannot)?;
    let mut body = response.into_body().into_data_stream();
    let mut bytes = 0;
    while let Some(piece) = body.next().await {
        let piece = piece?;
        bytes += piece.len() as u64;
        file.write_all(&piece).with_context(cannot)?;
    }
    let file: File = file.persist(out).map_err(|error| error.error).with_context(cannot)?;
    file.sync_all().with_context(cannot)?;
    Ok(bytes)
}
