//! What each route needs of the one who asks. A route without a line here answers nobody.

use thuocdo::{
    access::{Actor, Right},
    audit::Action,
};

use Need::{CityWide, May, Open, OwnToken, Person};
use Right::{Administer, Import, Read, ReadFigures, TakeLists, WriteNotes};

/// What is needed of the one who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: the way in, and what says nothing of the city.
    Open,
    /// A token that the route itself looks at.
    OwnToken,
    /// To be somebody who signed in.
    Person,
    /// A right, for the agencies in sight.
    May(Right),
    /// A right, and the whole city in sight: what is changed is one for all of it.
    CityWide(Right),
}

impl Need {
    /// Whether somebody has what is needed.
    #[must_use]
    pub fn is_met_by(self, actor: &Actor) -> bool {
        match self {
            Open | OwnToken => true,
            Person => matches!(actor.identity, thuocdo::access::Identity::Person(..)),
            May(right) => actor.may(right),
            CityWide(right) => actor.may(right) && actor.is_city_wide(),
        }
    }
}

/// A route as the gate knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    /// How it is asked.
    pub method: &'static str,
    /// Its path as the router has it.
    pub path: &'static str,
    /// What it needs.
    pub need: Need,
    /// What the audit log says when it was answered; routes that know more say it themselves.
    pub noted: Option<Action>,
}

const fn get(path: &'static str, need: Need) -> Door {
    Door { method: "GET", path, need, noted: None }
}

const fn post(path: &'static str, need: Need) -> Door {
    Door { method: "POST", path, need, noted: None }
}

impl Door {
    const fn noted(self, action: Action) -> Self {
        Self { noted: Some(action), ..self }
    }
}

/// Every route.
pub const DOORS: &[Door] = &[
    // Pages, and what they ask for when they have come to life.
    get("/", May(ReadFigures)),
    get("/ho-so", May(ReadFigures)),
    get("/phan-anh", May(ReadFigures)),
    get("/doi-thoai", May(ReadFigures)),
    get("/chi-so", May(ReadFigures)),
    get("/bao-cao", May(Read)),
    get("/du-lieu", May(Read)),
    get("/tim-kiem", May(Read)),
    get("/api/overview", May(ReadFigures)),
    get("/api/case-files", May(ReadFigures)),
    get("/api/petitions", May(ReadFigures)),
    get("/api/dialogues", May(ReadFigures)),
    get("/api/indexes", May(ReadFigures)),
    get("/api/reports", May(Read)),
    get("/api/data", May(Read)),
    get("/api/search", May(Read)),
    // What leaves the building.
    get("/bieu-do/{file}", May(ReadFigures)).noted(Action::DocumentTaken),
    get("/bang/{file}", May(ReadFigures)).noted(Action::DocumentTaken),
    get("/ho-so/danh-sach.xlsx", May(TakeLists)).noted(Action::ListTaken),
    get("/ho-so/danh-sach.pdf", May(TakeLists)).noted(Action::ListTaken),
    get("/bao-cao/thang.pdf", May(Read)).noted(Action::DocumentTaken),
    get("/bao-cao/thang.docx", May(Read)).noted(Action::DocumentTaken),
    get("/bao-cao/thang.html", May(Read)).noted(Action::DocumentTaken),
    get("/bao-cao/ii-06a.xlsx", May(Read)).noted(Action::DocumentTaken),
    get("/bao-cao/ii-06a.pdf", May(Read)).noted(Action::DocumentTaken),
    get("/bao-cao/ii-07b.xlsx", May(Read)).noted(Action::DocumentTaken),
    get("/bao-cao/ii-07b.pdf", May(Read)).noted(Action::DocumentTaken),
    post("/bao-cao/ho-chieu", May(Read)),
    get("/dang-lam", May(Read)),
    get("/dang-lam/{token}", May(Read)),
    get("/dang-lam/{token}/tep", May(Read)),
    post("/dang-lam/{token}/dung", May(Read)),
    // What is said of a month.
    get("/bao-cao/hop", May(Read)),
    get("/bao-cao/bien-ban", May(Read)),
    get("/bao-cao/bang-treo", May(Read)),
    get("/bao-cao/thay-doi", CityWide(Read)),
    post("/bao-cao/hop", CityWide(WriteNotes)).noted(Action::NoteWritten),
    post("/bao-cao/dau-van-ban", CityWide(WriteNotes)).noted(Action::NoteWritten),
    post("/bao-cao/chot", CityWide(WriteNotes)).noted(Action::MonthFrozen),
    // Data in.
    get("/du-lieu/mau/{file}", May(Read)),
    post("/du-lieu/tep", May(Import)).noted(Action::HandedIn),
    post("/du-lieu/tep/{id}/nhap", May(Import)).noted(Action::Imported),
    post("/du-lieu/tep/{id}/dung", May(Import)),
    post("/du-lieu/tep/{id}/bo", May(Import)),
    post("/du-lieu/tep/{id}/anh-xa", CityWide(Import)).noted(Action::MappingKept),
    post("/du-lieu/hoan-tac", May(Import)),
    get("/du-lieu/tep/{id}/van-de.csv", May(Import)).noted(Action::DocumentTaken),
    get("/du-lieu/tep/{id}/de-rieng.csv", May(Import)).noted(Action::DocumentTaken),
    // Machines.
    get("/api/v1/openapi.json", Open),
    get("/api/v1/readings", May(Read)),
    post("/api/v1/import/{kind}", OwnToken),
    get("/api/v1/imports/{id}", OwnToken),
    get("/api/v1/imports/{id}/problems", OwnToken),
    get("/api/v1/imports/{id}/set-aside", OwnToken),
    // The way in, and one's own account.
    get("/dang-nhap", Open),
    post("/dang-nhap", Open),
    get("/dang-nhap/lien-ket", Open),
    post("/dang-nhap/lien-ket", Open),
    get("/dang-nhap/openid", Open),
    get("/dang-nhap/openid/tro-lai", Open),
    post("/dang-xuat", Open),
    get("/tai-khoan", Person),
    post("/tai-khoan/mat-khau", Person),
    post("/tai-khoan/phien", Person),
    // Who may what.
    get("/quan-tri", May(Administer)),
    post("/quan-tri/nguoi", May(Administer)),
    get("/quan-tri/nguoi/{id}", May(Administer)),
    post("/quan-tri/nguoi/{id}", May(Administer)),
    get("/quan-tri/nhat-ky", CityWide(Administer)),
    get("/quan-tri/nhat-ky.csv", CityWide(Administer)),
];

/// The line of a route.
#[must_use]
pub fn door(method: &str, path: &str) -> Option<&'static Door> {
    let method = if method == "HEAD" { "GET" } else { method };
    DOORS.iter().find(|door| door.path == path && door.method == method)
}

/// Whether a path has a line, whatever the method.
pub(super) fn is_known(path: &str) -> bool {
    DOORS.iter().any(|door| door.path == path)
}
