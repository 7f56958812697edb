# Runs a program that finds certificates under /certs, which this machine does not have: with-certs.sh EMPTY-FOLDER CERTIFICATES PROGRAM ...
# In a mount namespace of its own (unshare --mount), which ends with the program: nothing of it is seen outside.
set -e
root=$1
certificates=$2
shift 2
mount -t tmpfs none "$root"
for entry in /*; do
  if [ -L "$entry" ]; then
    cp -P "$entry" "$root/"
  elif [ -d "$entry" ]; then
    mkdir "$root$entry"
    mount --rbind "$entry" "$root$entry"
  fi
done
mkdir -p "$root/certs"
mount --bind "$certificates" "$root/certs"
exec chroot "$root" "$@"
