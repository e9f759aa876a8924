#!/bin/sh
# Makes what the processes need and nobody should type: passwords, the hash key, and the certificates between worker and egress.
# Never overwrites: a file that is there stays. Needs openssl. TLS_DAYS sets how long the certificates last (825 days unless told).
set -eu
umask 077
cd "$(dirname "$0")"
mkdir -p secrets
days=${TLS_DAYS:-825}

# Containers run under other user ids than yours: the files are open, and the closed folder keeps everybody else on this machine out.
chmod 700 secrets
publish() { chmod 444 "secrets/$1"; echo "made secrets/$1"; }
# The processes refuse a master key that others may use: it belongs to the user they run as, and only root can give it away.
close() {
  chmod 400 "secrets/$1"
  if chown 10001 "secrets/$1" 2>/dev/null; then echo "made secrets/$1"
  else echo "made secrets/$1; now give it to the containers' user: sudo chown 10001 deploy/compose/secrets/$1"; fi
}
is_missing() { [ ! -e "secrets/$1" ]; }

random_file() {
  is_missing "$1" || return 0
  openssl rand -hex 32 >"secrets/$1"
  "${2:-publish}" "$1"
}

url_file() { # role
  is_missing "$1-database-url" || return 0
  printf 'postgresql://piaoyan_%s:%s@postgres:5432/piaoyan\n' "$1" "$(cat "secrets/$1-password")" >"secrets/$1-database-url"
  publish "$1-database-url"
}

authority() {
  is_missing tls-ca.crt || return 0
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days "$days" -subj '/CN=Piaoyan internal CA' \
    -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
    -keyout secrets/tls-ca.key -out secrets/tls-ca.crt 2>/dev/null
  publish tls-ca.crt
  echo 'made secrets/tls-ca.key: keep it offline, no process needs it'
}

certificate() { # name, extended key usage, alternative name
  is_missing "tls-$1.crt" || return 0
  [ -e secrets/tls-ca.key ] || { echo "secrets/tls-ca.key is needed to make tls-$1.crt: put it back for this run" >&2; exit 1; }
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "secrets/tls-$1.key" -out secrets/request.csr 2>/dev/null
  printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=%s\nsubjectAltName=%s\n' "$2" "$3" >secrets/extensions
  openssl x509 -req -in secrets/request.csr -CA secrets/tls-ca.crt -CAkey secrets/tls-ca.key -CAcreateserial -days "$days" \
    -extfile secrets/extensions -out "secrets/tls-$1.crt" 2>/dev/null
  rm -f secrets/request.csr secrets/extensions secrets/tls-ca.srl
  publish "tls-$1.key"
  publish "tls-$1.crt"
}

for name in postgres-password owner-password api-password worker-password hash-key; do random_file "$name"; done
random_file master-key close
if is_missing audit-signing-key; then
  openssl genpkey -algorithm ed25519 -out secrets/audit-signing-key 2>/dev/null
  openssl pkey -in secrets/audit-signing-key -pubout -out secrets/audit-public-key.pem
  publish audit-signing-key
  echo 'made secrets/audit-public-key.pem: hand it to the auditor now, apart from this machine'
fi
for role in owner api worker; do url_file "$role"; done
authority
certificate egress serverAuth DNS:egress
certificate worker clientAuth DNS:worker
if is_missing providers.json; then
  cp providers.example.json secrets/providers.json
  publish providers.json
  echo 'secrets/providers.json names the sandbox: put the providers and their credentials in before you verify a real bill'
fi
