# What the scripts here share: to be read by them with '.', with $here set to this directory.
# Plain POSIX sh. Exit code 2, with one line, where something is missing.

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 2
}

need() {
    for program in "$@"; do
        command -v "$program" >/dev/null || fail "needs $program"
    done
}

need_root() {
    [ "$(id -u)" = 0 ] || fail "needs root, for a network namespace and a packet filter of its own"
}

# Sets $java: the one that built the jar, so 25 or newer.
find_java() {
    on_path=$(command -v java) && on_path=$(readlink -f "$on_path")
    for java in "${JAVA_HOME:-/nowhere}/bin/java" "${on_path:-/nowhere}" /usr/lib/jvm/*/bin/java; do
        version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
        [ "${version:-0}" -ge 25 ] && return 0
    done
    fail "needs a JDK 25 or newer in JAVA_HOME, PATH or /usr/lib/jvm"
}

# Builds what is older than its sources: Bailiff by its launcher, then the bench.
build_all() {
    "$here/../bailiff" --version >/dev/null || exit 2
    build
}

# Builds the bench and the engine that it measures.
build() {
    find_java
    jar=$here/target/bench.jar
    if [ ! -f "$jar" ] || [ -n "$(find "$here/pom.xml" "$here/src" "$here/../engine/src/main" -newer "$jar" | head -n 1)" ]; then
        echo "building the bench ..." >&2
        (cd "$here/.." && ./mvnw -q -B package -DskipTests -Pbench -pl bench -am >&2) || fail "the build failed"
        touch "$jar"
    fi
}

# Runs a main class in a network namespace and a temporary directory of its own, both gone afterwards. The limit, in
# seconds, is for the whole. What the class starts is in a process group that ends with it.
run_apart() {
    limit=$1
    class=$2
    shift 2
    directory=$(mktemp -d "${TMPDIR:-/tmp}/bailiff-bench.XXXXXX") || exit 2
    trap 'rm -rf "$directory"' EXIT
    trap 'exit 1' INT TERM
    # A process namespace too: when its first process ends, the kernel ends all others in it.
    timeout --foreground -k 10 "$limit" unshare --net --pid --fork --kill-child --mount-proc \
        "$java" -XX:+UseSerialGC -XX:-UsePerfData -Xmx128m --enable-native-access=ALL-UNNAMED -cp "$here/target/bench.jar" \
        "bailiff.bench.$class" "$here/../bailiff" "$directory" "$@"
}
