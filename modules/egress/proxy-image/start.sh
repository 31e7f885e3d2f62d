#!/bin/sh
# The settings come in a variable, and go to Squid without a file: the root of a task is read-only.
set -eu
: "${EGRESS_PROXY_CONFIG:?must hold the settings of Squid}"
exec squid -N -f /dev/stdin <<END
$EGRESS_PROXY_CONFIG
END
