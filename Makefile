# SPDX-License-Identifier: MIT
#
# A facade: meson does the real build (meson.build). Every target first looks
# whether the machine has what it needs and installs what is missing
# (scripts/setup.sh).

DATA =
PORT = 8080
PREFIX = /usr/local
DESTDIR =
FUZZ_SECONDS = 60
MODELS = 3000000
SUITES =

# DATA names files as seen from where make was called, even with make -C.
CALLER := $(if $(PWD),$(PWD),$(CURDIR))
NODE := scripts/with-node.sh node

.PHONY: all help run test lint fmt asan fuzz bench web docs install clean distclean \
	golden-accept

all:
	@scripts/setup.sh build web
	@scripts/configure.sh build
	@scripts/build.sh build

help:
	@echo 'make                    build/ecoviz'
	@echo 'make run                build, and serve a synthetic Hub at PORT=8080'
	@echo "make run DATA='FILES'   the same with models of your own"
	@echo "make test               every test (SUITES='unit cli' for some)"
	@echo 'make lint               layout, layers, complexity, clang-tidy, web'
	@echo 'make fmt                lay out the C files'
	@echo 'make asan               C, API and golden tests under ASan and UBSan'
	@echo 'make fuzz               FUZZ_SECONDS=60 for each harness'
	@echo 'make bench              MODELS=3000000: every figure, and its rivals'
	@echo 'make web                web/dist alone'
	@echo 'make docs               check the manual pages and links'
	@echo 'make install            to PREFIX=/usr/local, below DESTDIR'
	@echo 'make golden-accept      take what golden tests print as expected'
	@echo 'make clean              remove builds, keep data and packages'
	@echo 'make distclean          remove everything that was made here'

run: all
	@cd "$(CALLER)" && PORT="$(PORT)" "$(CURDIR)/scripts/run.sh" $(DATA)

test:
	@scripts/setup.sh build web test
	@scripts/configure.sh build -Dtests=true
	@scripts/build.sh build all meson-test-prereq
	@$(NODE) scripts/test.mjs build $(SUITES)

lint:
	@scripts/setup.sh build web test lint
	@scripts/configure.sh build -Dtests=true
	@scripts/build.sh build all
	@scripts/lint.sh

fmt:
	@scripts/setup.sh lint
	@find src tests -name '*.[ch]' -exec clang-format -i {} +

asan:
	@scripts/setup.sh build web test
	@scripts/configure.sh build-asan -Dtests=true \
		-Db_sanitize=address,undefined
	@scripts/build.sh build-asan all meson-test-prereq
	@$(NODE) scripts/test.mjs build-asan \
		$(or $(SUITES),unit prop fuzz api golden)

fuzz:
	@scripts/setup.sh build fuzz
	@CC=clang scripts/configure.sh build-fuzz -Dfuzz=true \
		-Db_sanitize=address,undefined -Db_lundef=false
	@scripts/build.sh build-fuzz fuzz
	@scripts/fuzz.sh $(FUZZ_SECONDS)

bench:
	@scripts/setup.sh build web bench
	@scripts/configure.sh build -Dbench=true
	@scripts/build.sh build
	@$(NODE) bench/run.mjs build $(MODELS)

web:
	@scripts/setup.sh web
	@scripts/build-web.sh

docs:
	@scripts/setup.sh lint
	@scripts/check-docs.sh

install: all
	@meson configure build -Dprefix="$(PREFIX)"
	@DESTDIR="$(DESTDIR)" meson install -C build --quiet

golden-accept: all
	@tests/golden/run.sh --accept

clean:
	@rm -rf build-asan build-fuzz web/dist
	@if [ -d build ]; then find build -mindepth 1 -maxdepth 1 \
		! -name data ! -name node -exec rm -rf {} +; fi

distclean:
	@rm -rf build build-asan build-fuzz web/dist web/node_modules \
		bench/web/node_modules
