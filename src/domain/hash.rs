//! FNV-1a, a hash for keys that stay in the page. It is a third of the code of the standard library's hash, which also guards against
//! collisions that someone makes on purpose. Here such collisions would only harm the one who makes them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// The hasher.
#[derive(Clone, Debug)]
pub struct Fnv(u64);

/// Maps the hash of an item to its place in a list. All maps have this type, because each further type is a kilobyte of code.
pub type Places = HashMap<u64, usize, BuildHasherDefault<Fnv>>;

/// The hash of `value`.
#[must_use]
pub fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = Fnv::default();
    value.hash(&mut hasher);
    hasher.finish()
}

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

    // Mixed in one step, because the keys of all maps are hashes already.
    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(PRIME);
    }
}
