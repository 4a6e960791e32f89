//! FNV-1a: a hash for keys that stay in the page. A third of the code of the standard library's, which guards against
//! collisions made on purpose; here those would only cost the one who makes them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The hasher.
#[derive(Clone, Debug)]
pub struct Fnv(u64);

/// Where in a list something is, by its own hash. One type of map for all: each is a kilobyte of code.
pub type Places = HashMap<u64, usize, BuildHasherDefault<Fnv>>;

const PRIME: u64 = 0x0100_0000_01b3;

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(PRIME);
        }
    }

    // In one step: the keys of all maps are hashes already.
    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(PRIME);
    }
}
