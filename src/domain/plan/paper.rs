//! The plan's decisions about paper: by which route, on which size, for how many people.

use serde::{Deserialize, Serialize};

/// How slips leave the program.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Paper {
    /// The preset route.
    pub route: Route,
    /// The size of a sheet.
    pub size: PaperSize,
    /// What QR codes there are.
    pub qr: Qr,
    /// With `file`: the folder of the files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// With `file`: what is written.
    pub format: Format,
    /// With `printer`: where it listens, `ipp://printer.example.com/ipp/print`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printer: Option<String>,
    /// With `printer` and `spooler`: whether the job waits until somebody stands at the printer.
    pub hold: Hold,
    /// With `spooler`: the queue; the system's own choice when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// With `device`: the device file, `/dev/usb/lp0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// With `device`: what it understands.
    pub language: Language,
}

/// Where files of slips go when the plan names no folder.
const FOLDER: &str = "slips";

impl Paper {
    /// The folder of slips that are files; a relative one starts at the record folder.
    pub fn folder(&self) -> &str {
        self.folder.as_deref().unwrap_or(FOLDER)
    }
}

/// A way from the vault to paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// Shown group by group, copied by hand, typed back.
    #[default]
    ByHand,
    /// Sent to a printer over the network or through CUPS, by the Internet Printing Protocol.
    Printer,
    /// Piped to the system's `lp` command.
    Spooler,
    /// Written to a printer's device file.
    Device,
    /// Written to standard output, which leads into another program.
    Stdout,
    /// Written to a named file, printed elsewhere, typed back, destroyed.
    File,
}

impl Route {
    /// Every route, those that leave the least behind first.
    pub const ALL: [Self; 6] =
        [Self::ByHand, Self::Device, Self::Printer, Self::Spooler, Self::Stdout, Self::File];

    /// The route as the plan's decisions and the record call it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ByHand => "by hand",
            Self::Printer => "printer",
            Self::Spooler => "spooler",
            Self::Device => "device",
            Self::Stdout => "stdout",
            Self::File => "file",
        }
    }
}

/// The size of a sheet of paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperSize {
    /// ISO A4, 210 by 297 millimeters.
    #[default]
    A4,
    /// US Letter, 8.5 by 11 inches.
    Letter,
}

impl PaperSize {
    /// Width and height in points of 1/72 inch.
    pub const fn points(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }

    /// The size as printers and the command line call it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::Letter => "Letter",
        }
    }

    /// The name of the size among printers (PWG 5101.1).
    pub const fn media(self) -> &'static str {
        match self {
            Self::A4 => "iso_a4_210x297mm",
            Self::Letter => "na_letter_8.5x11in",
        }
    }
}

/// What QR codes there are on paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Qr {
    /// On pages without secrets: the document id and where to look.
    #[default]
    Documents,
    /// None at all.
    None,
    /// On slips too, with the secret: any camera that sees the paper has it.
    SecretToo,
}

/// What a slip is in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// The page as it is printed, with large characters, fold lines and the pattern over the secret.
    #[default]
    Pdf,
    /// Plain text of eighty columns, for any printer and any reader.
    Text,
}

impl Format {
    /// The ending of a file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Text => "txt",
        }
    }
}

/// Whether a print job waits for a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hold {
    /// It waits, held, until it is released by somebody who stands at the printer.
    #[default]
    UntilReleased,
    /// It is printed at once.
    No,
}

/// What a printer behind a device file understands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// Plain ASCII lines.
    #[default]
    Text,
    /// Epson ESC/P: the secret in double size.
    EscP,
}
