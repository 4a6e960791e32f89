//! The programs that build and test the panel, and their versions. This is the one place that names them; the tests compare it with
//! `Cargo.lock` and `e2e/package.json`, where cargo and npm read them.

/// A program that cargo installs.
pub struct CargoTool {
    /// The program's name.
    pub program: &'static str,
    /// The crate that it comes from.
    pub package: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Features of the crate that it needs.
    pub features: &'static [&'static str],
    /// Whether the versions of its own `Cargo.lock` are used. Not where that names a yanked crate.
    pub locked: bool,
    /// How long it takes to compile.
    pub minutes: &'static str,
}

/// Cargo installs these into `target/tools`.
pub const CARGO: [CargoTool; 3] = [
    CargoTool {
        program: "trunk",
        package: "trunk",
        version: "0.21.14",
        features: &[],
        locked: true,
        minutes: "7 to 10 minutes",
    },
    CargoTool {
        program: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        // That of the crate wasm-bindgen in Cargo.lock.
        version: "0.2.130",
        features: &[],
        locked: false,
        minutes: "3 to 6 minutes",
    },
    CargoTool {
        program: "wasm-split-cli",
        package: "wasm_split_cli_support",
        version: "0.2.4",
        features: &["build-binary"],
        locked: true,
        minutes: "1 to 2 minutes",
    },
];

/// Only `cargo xtask mutants` needs it.
pub const MUTANTS: CargoTool = CargoTool {
    program: "cargo-mutants",
    package: "cargo-mutants",
    version: "27.1.0",
    features: &[],
    locked: true,
    minutes: "2 to 4 minutes",
};

/// npm installs these into `e2e/node_modules`, as `e2e/package-lock.json` has them. `binaryen` brings wasm-opt, `@sparticuz/chromium` and
/// `chrome-aws-lambda` bring old Chromiums, and `spdx-satisfies` compares licences.
pub const NPM: [(&str, &str); 14] = [
    ("@axe-core/playwright", "4.13.0"),
    ("@eslint/css", "2.0.0"),
    ("@lit/react", "1.0.8"),
    ("@playwright/test", "1.65.1"),
    ("@sparticuz/chromium", "109.0.6"),
    ("binaryen", "132.0.0"),
    ("chrome-aws-lambda", "10.1.0"),
    ("esbuild", "0.28.2"),
    ("eslint", "10.15.0"),
    ("eslint-plugin-compat", "7.0.2"),
    ("eslint-plugin-es-x", "10.1.0"),
    ("puppeteer-core", "24.43.1"),
    ("selenium-webdriver", "4.46.0"),
    ("spdx-satisfies", "6.0.0"),
];

/// The least version of Node.js.
pub const NODE: u32 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_versions_are_those_that_cargo_and_npm_read() {
        let lock = include_str!("../../Cargo.lock");
        let bindgen = CARGO.iter().find(|tool| tool.program == "wasm-bindgen").unwrap();
        assert!(lock.contains(&format!("name = \"wasm-bindgen\"\nversion = \"{}\"", bindgen.version)));
        let npm = include_str!("../../e2e/package.json");
        let named = npm.split_once("devDependencies").unwrap().1.split_once("overrides").unwrap().0;
        for (package, version) in NPM {
            assert!(named.contains(&format!("\"{package}\": \"{version}\"")), "{package}");
        }
        assert_eq!(named.matches("\": \"").count(), NPM.len());
    }
}
