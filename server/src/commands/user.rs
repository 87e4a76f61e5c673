//! `thuocdo user`: people from the command line, for whoever holds the database itself.

use std::io::{BufRead as _, stdin};

use anyhow::{Context as _, bail};
use app::written::people::link_address;
use clap::Subcommand;
use serde_json::json;
use store::{
    Store,
    people::{Invited, NewPerson, Person},
};
use thuocdo::{
    access::{self, Role},
    agency::Scope,
    audit::Action as Noted,
    lang::Lang,
};

use super::note;
use crate::{
    access::{Access, LINK_LASTS, hashed},
    clock,
    config::{DATABASE, Settings},
    tokens,
};

/// What to do with people.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Cấp tài khoản và in liên kết dùng một lần để đặt mật khẩu / let somebody in, and print the one-time link to set a password
    Add {
        /// Tên đăng nhập / the sign-in name
        name: String,
        /// leader, analyst, data_officer, admin
        #[arg(long)]
        role: Role,
        /// Họ tên / the full name [default: the sign-in name]
        #[arg(long)]
        full_name: Option<String>,
        /// Mã đơn vị; không có là toàn thành phố / the agency to be bound to; without it the whole city
        #[arg(long)]
        agency: Option<String>,
        /// Tên ở hệ thống đăng nhập chung; khi có thì không cần liên kết / the name at the single sign-on; with it no link is needed
        #[arg(long)]
        openid_name: Option<String>,
        /// Đọc mật khẩu từ một dòng của đầu vào chuẩn / read the password from a line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Liệt kê mọi người / list everybody
    List {
        /// In từng dòng JSON / print lines of JSON
        #[arg(long)]
        json: bool,
    },
    /// In liên kết mới để đặt lại mật khẩu / print a new link to set the password anew
    Link {
        /// Tên đăng nhập / the sign-in name
        name: String,
    },
    /// Đổi vai trò và đơn vị / change role and agency
    Change {
        /// Tên đăng nhập / the sign-in name
        name: String,
        /// leader, analyst, data_officer, admin
        #[arg(long)]
        role: Role,
        /// Mã đơn vị; không có là toàn thành phố / the agency to be bound to; without it the whole city
        #[arg(long)]
        agency: Option<String>,
        /// Tên ở hệ thống đăng nhập chung; để trống là bỏ, không nói là giữ / the name at the single sign-on; empty takes it away,
        /// unsaid it stays
        #[arg(long)]
        openid_name: Option<String>,
    },
    /// Khoá tài khoản và kết thúc mọi phiên / shut an account and end its sessions
    Disable {
        /// Tên đăng nhập / the sign-in name
        name: String,
    },
    /// Mở lại tài khoản / open an account again
    Enable {
        /// Tên đăng nhập / the sign-in name
        name: String,
    },
}

/// Does it.
///
/// # Errors
/// When the name, the role or the agency says nothing sensible, the name is taken or unknown, or the database fails.
pub async fn run(settings: &Settings, action: Action) -> anyhow::Result<()> {
    let store = settings.open(DATABASE).await?;
    let done = carried_out(&store, action).await;
    store.close().await;
    done
}

async fn carried_out(store: &Store, action: Action) -> anyhow::Result<()> {
    let (people, stamp) = (store.people(), Access::stamp()?);
    match action {
        Action::Add { name, role, full_name, agency, openid_name, password_stdin } => {
            let name = access::sign_in_name(&name)?;
            let shown_as = access::full_name(full_name.as_deref().unwrap_or(&name))?;
            let agency_code = known_agency(store, agency).await?;
            let hash = if password_stdin { Some(hash_of_line(&name)?) } else { None };
            let openid_name = access::openid_name(&openid_name.unwrap_or_default())?;
            let needs_link = openid_name.is_none();
            let new = NewPerson { name: name.clone(), shown_as, role, agency_code, openid_name };
            let Some(person_id) = people.let_in(&new, &stamp, clock::seconds()).await? else {
                bail!(
                    "tên đăng nhập «{name}», hoặc tên ở hệ thống đăng nhập chung, đã có người dùng / \
                     the sign-in name “{name}”, or the name at the single sign-on, is taken"
                );
            };
            note(store, Noted::PersonInvited, &name, role.as_str()).await?;
            match hash {
                Some(hash) => people.set_password(person_id, &hash, &stamp).await?,
                None if needs_link => print_link(store, person_id).await?,
                None => {}
            }
        }
        Action::List { json } => {
            for person in people.all().await? {
                print(&person, json);
            }
        }
        Action::Link { name } => {
            let person = known(store, &name).await?;
            print_link(store, person.person_id).await?;
            note(store, Noted::PersonInvited, &person.name, "link").await?;
        }
        Action::Change { name, role, agency, openid_name } => {
            let person = known(store, &name).await?;
            let agency_code = known_agency(store, agency).await?;
            let openid_name = match openid_name {
                Some(name) => access::openid_name(&name)?,
                None => person.openid_name,
            };
            let shown_as = person.shown_as;
            let to = NewPerson { name: person.name.clone(), shown_as, role, agency_code, openid_name };
            if !people.change(person.person_id, &to, &stamp).await? {
                bail!(
                    "tên ở hệ thống đăng nhập chung này đã có người dùng / this name at the single sign-on is taken"
                );
            }
            note(store, Noted::PersonChanged, &person.name, role.as_str()).await?;
        }
        Action::Disable { name } => {
            let person = known(store, &name).await?;
            people.set_disabled(person.person_id, Some(clock::seconds()), &stamp).await?;
            note(store, Noted::PersonChanged, &person.name, "disabled").await?;
        }
        Action::Enable { name } => {
            let person = known(store, &name).await?;
            people.set_disabled(person.person_id, None, &stamp).await?;
            note(store, Noted::PersonChanged, &person.name, "enabled").await?;
        }
    }
    Ok(())
}

async fn known(store: &Store, name: &str) -> anyhow::Result<Person> {
    let account = store.people().account(&name.trim().to_lowercase()).await?;
    let account =
        account.with_context(|| format!("không có người «{name}» / there is nobody called “{name}”"))?;
    Ok(account.person)
}

async fn known_agency(store: &Store, code: Option<String>) -> anyhow::Result<Option<String>> {
    let Some(code) = code else { return Ok(None) };
    let agencies = store.agency_names(&Scope::All).await?;
    if agencies.iter().all(|agency| agency.code != code) {
        bail!("không có đơn vị mã «{code}» / there is no agency with the code “{code}”");
    }
    Ok(Some(code))
}

/// A password on the command line would stand in the list of processes.
fn hash_of_line(name: &str) -> anyhow::Result<String> {
    let mut line = String::new();
    stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']);
    access::password(password, name)?;
    hashed(password).context("hệ thống không cho số ngẫu nhiên / the system gives no random numbers")
}

async fn print_link(store: &Store, person_id: i64) -> anyhow::Result<()> {
    let token = tokens::new()?;
    let until = clock::seconds() + LINK_LASTS;
    store.people().invite(Invited::Person(person_id), &tokens::hash(&token), until).await?;
    // The way alone: the program does not know by which name people reach the server.
    println!("{}", link_address(&token, Lang::Vi));
    eprintln!(
        "Ghép sau địa chỉ của Thước Đo rồi đưa tận tay; dùng một lần, trong 24 giờ. / Put it behind the address of Thước Đo and \
         hand it over; it works once, within 24 hours."
    );
    Ok(())
}

fn print(person: &Person, is_json: bool) {
    let Person { name, shown_as, role, agency_code, has_password, openid_name, disabled_at, .. } = person;
    if is_json {
        let line = json!({
            "name": name, "full_name": shown_as, "role": role, "agency": agency_code,
            "has_password": has_password, "openid_name": openid_name, "disabled": disabled_at.is_some(),
        });
        println!("{line}");
        return;
    }
    let agency = agency_code.as_deref().unwrap_or("*");
    let state = match (disabled_at, *has_password || openid_name.is_some()) {
        (Some(_), _) => "  (khoá / shut)",
        (None, false) => "  (chưa đặt mật khẩu / no password yet)",
        (None, true) => "",
    };
    println!("{name}  {role}  {agency}  {shown_as}{state}");
}
