//! A slip in a file is read back: byte by byte where it is drawn.

use breakglass::effects::pages::{ReadBack, Same, digest, read_slip};

#[test]
fn a_slip_in_a_pdf_file_is_read_back_byte_by_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("slip.pdf");
    let path_text = path.display().to_string();
    let made = b"%PDF-1.7 what was made".to_vec();
    std::fs::write(&path, &made).expect("a file");
    let digest = digest(&made);
    let same = |known| match read_slip(&path_text, known) {
        Ok(ReadBack::Bytes(same)) => same,
        Ok(ReadBack::Lines(_)) => panic!("a PDF has no lines"),
        Err(trouble) => panic!("{trouble}"),
    };
    assert!(same(Some(&digest)) == Same::Yes);
    assert!(same(None) == Same::No, "nobody knows what was made");
    for place in 0..made.len() {
        let mut other = made.clone();
        other[place] ^= 1;
        std::fs::write(&path, &other).expect("a file");
        assert!(same(Some(&digest)) == Same::No, "byte {place} is another one");
    }
    std::fs::remove_file(&path).expect("removed");
    assert!(read_slip(&path_text, Some(&digest)).is_err());
}
