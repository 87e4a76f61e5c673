//! `thuocdo token`: which systems may push data in.

use anyhow::bail;
use clap::Subcommand;
use store::Opens;

use crate::{
    config::{DATABASE, Settings},
    tokens,
};

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Cấp mã cho một hệ thống, thay mã cũ nếu có / give a system a token, in the place of the one it had
    Give {
        /// Tên hệ thống / the system's name
        name: String,
        /// Mã để đọc chỉ tiêu (GET /api/v1/readings), không gửi dữ liệu / a token for the readings, not for sending
        #[arg(long)]
        reads: bool,
    },
    /// Liệt kê các mã / list the tokens
    List,
    /// Thu hồi mã của một hệ thống / take a system's token back
    Revoke {
        /// Tên hệ thống / the system's name
        name: String,
    },
}

/// Does it.
///
/// # Errors
/// When the name says nothing, the system has no token, or the database fails.
pub async fn run(settings: &Settings, action: Action) -> anyhow::Result<()> {
    let store = settings.open(DATABASE).await?;
    let today = settings.today();
    match action {
        Action::Give { name, reads } => {
            let opens = if reads { Opens::Readings } else { Opens::Push };
            let name = name.trim();
            if name.is_empty() || name.chars().count() > 100 {
                bail!("tên hệ thống dài 1 đến 100 chữ / the system's name has 1 to 100 letters");
            }
            let token = tokens::new()?;
            store.give_token(name, &tokens::hash(&token), opens, today).await?;
            // The token alone on standard output, so that a script can keep it.
            println!("{token}");
            eprintln!(
                "Chỉ hiện một lần: chép ngay vào «{name}». / Shown only once: copy it into “{name}” now."
            );
        }
        Action::List => {
            for token in store.tokens().await? {
                let revoked =
                    token.revoked_on.map_or_else(String::new, |day| format!("  (thu hồi / revoked {day})"));
                println!("{}  {}  {}{revoked}", token.created_on, token.opens, token.name);
            }
        }
        Action::Revoke { name } => {
            if !store.revoke_token(&name, today).await? {
                bail!("hệ thống «{name}» không có mã / the system “{name}” has no token");
            }
        }
    }
    store.close().await;
    Ok(())
}
