//! Pages of their own for secrets: the one file of the program with `unsafe`, because the system hands out pages by address.
//!
//! In front of and behind each room lies a page that nobody may touch, so that running over its end stops the program
//! instead of telling. The pages are secret memory where the system has it, else locked; out of core dumps; a child gets none
//! of it, or finds it empty. None of this is believed: [`super::smaps`] reads it back.
#![allow(unsafe_code, reason = "mmap, its relatives and the memory they give are known by address only")]

use std::ffi::c_void;
use std::io;
use std::ptr::{self, NonNull};

use rustix::mm::{MapFlags, MprotectFlags, ProtFlags, mlock, mmap_anonymous, mprotect, munmap};
use rustix::param::page_size;
use zeroize::Zeroize;

/// A room of whole pages between two guards, all zero at first.
pub struct Pages {
    room: NonNull<u8>,
    size: usize,
}

// SAFETY: the pages belong to this value alone until it is dropped, and it hands them out by the rules of borrowing, as a
// `Box<[u8]>` would.
unsafe impl Send for Pages {}
// SAFETY: as above; a shared value only lends shared slices.
unsafe impl Sync for Pages {}

impl Pages {
    /// Room for at least `size` bytes.
    ///
    /// # Errors
    ///
    /// The system has no memory to give.
    pub fn new(size: usize) -> io::Result<Self> {
        let size = size.max(1).next_multiple_of(page_size());
        let all = match system::secret(size + 2 * page_size()) {
            Ok(all) => all,
            Err(_) => locked(size)?,
        };
        let room = all.wrapping_byte_add(page_size());
        let behind = room.wrapping_byte_add(size);
        for guard in [all, behind] {
            // SAFETY: both lie within the new mapping, outside of the room, and nothing ever refers to them.
            let _guarded = unsafe { mprotect(guard, page_size(), MprotectFlags::empty()) };
        }
        system::keep_out_of_dumps(room, size);
        NonNull::new(room.cast())
            .map(|room| Self { room, size })
            .ok_or_else(|| io::ErrorKind::OutOfMemory.into())
    }

    /// Where it begins, to find it again in what the system tells.
    pub fn address(&self) -> usize {
        self.room.as_ptr().addr()
    }

    /// All of it.
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: `size` bytes from `room` are mapped, readable and filled with zeros or what was written since; they
        // live as long as this value, which is borrowed.
        unsafe { std::slice::from_raw_parts(self.room.as_ptr(), self.size) }
    }

    /// All of it, to be written.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: as in `bytes`; this value is borrowed alone, and the pages may be written.
        unsafe { std::slice::from_raw_parts_mut(self.room.as_ptr(), self.size) }
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        self.bytes_mut().zeroize();
        let all = self.room.as_ptr().wrapping_sub(page_size()).cast::<c_void>();
        // SAFETY: this is the whole mapping that `new` got, guards included, and nobody borrows from it any more.
        let _gone = unsafe { munmap(all, self.size + 2 * page_size()) };
    }
}

/// Ordinary pages, those between the guards locked where that is allowed; the report tells where it is not.
fn locked(size: usize) -> io::Result<*mut c_void> {
    let access = ProtFlags::READ | ProtFlags::WRITE;
    // SAFETY: a new mapping at an address of the system's choosing touches nothing that exists.
    let all = unsafe { mmap_anonymous(ptr::null_mut(), size + 2 * page_size(), access, MapFlags::PRIVATE)? };
    let room = all.wrapping_byte_add(page_size());
    // SAFETY: the room lies within the new mapping; locking changes nothing about what may be read or written.
    let _locked = unsafe { mlock(room, size) };
    system::wipe_in_children(room, size);
    Ok(all)
}

#[cfg(target_os = "linux")]
mod system {
    use std::ffi::c_void;
    use std::os::fd::{FromRawFd as _, OwnedFd};
    use std::{io, ptr};

    use rustix::fs::ftruncate;
    use rustix::mm::{Advice, MapFlags, ProtFlags, madvise, mmap};

    /// A new mapping of secret memory. It cannot be had before Linux 5.14 or where the system was started without it
    /// (`memfd_secret(2)`), and is counted to what may be locked.
    pub fn secret(size: usize) -> io::Result<*mut c_void> {
        // SAFETY: the call takes flags and no memory; rustix does not have it yet. It returns a new descriptor, or -1.
        let file = unsafe { libc::syscall(libc::SYS_memfd_secret, libc::O_CLOEXEC) };
        let file = i32::try_from(file).ok().filter(|file| *file >= 0).ok_or_else(io::Error::last_os_error)?;
        // SAFETY: it was just made, and nobody else owns it.
        let file = unsafe { OwnedFd::from_raw_fd(file) };
        ftruncate(&file, size as u64)?;
        let access = ProtFlags::READ | ProtFlags::WRITE;
        // SAFETY: a new mapping at an address of the system's choosing touches nothing that exists.
        let all = unsafe { mmap(ptr::null_mut(), size, access, MapFlags::SHARED, &file, 0)? };
        // SAFETY: the advice concerns children only: shared pages would be theirs as well.
        let _kept = unsafe { madvise(all, size, Advice::LinuxDontFork) };
        Ok(all)
    }

    pub fn keep_out_of_dumps(room: *mut c_void, size: usize) {
        // SAFETY: the advice concerns core dumps only.
        let _kept = unsafe { madvise(room, size, Advice::LinuxDontDump) };
    }

    pub fn wipe_in_children(room: *mut c_void, size: usize) {
        // SAFETY: the advice concerns children only, which find zeros.
        let _wiped = unsafe { madvise(room, size, Advice::LinuxWipeOnFork) };
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use std::ffi::c_void;
    use std::io;

    pub fn secret(_size: usize) -> io::Result<*mut c_void> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub fn keep_out_of_dumps(_room: *mut c_void, _size: usize) {}

    pub fn wipe_in_children(_room: *mut c_void, _size: usize) {}
}
