package bailiff.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * CrowdSec as Debian packs it (1.4.6), over a past log, with its own parser for Apache's logs and its own scenarios for
 * guesses of WordPress's passwords. It need not be installed, which would start it: unpacked by {@code dpkg -x} into
 * the directory that {@code CROWDSEC_ROOT} names is enough.
 */
final class CrowdSec {

    /** What it uses of its hub. */
    private static final List<String> HUB = List.of(
            "parsers/s00-raw/crowdsecurity/syslog-logs.yaml",
            "parsers/s01-parse/crowdsecurity/apache2-logs.yaml",
            "parsers/s02-enrich/crowdsecurity/dateparse-enrich.yaml",
            "parsers/s02-enrich/crowdsecurity/http-logs.yaml",
            "scenarios/crowdsecurity/http-bf-wordpress_bf.yaml",
            "scenarios/crowdsecurity/http-bf-wordpress_bf_xmlrpc.yaml");

    private static final String CONFIGURATION = """
        common: {daemonize: false, log_media: stdout, log_level: warning, working_dir: .}
        config_paths:
          config_dir: DIR/
          data_dir: DIR/data/
          simulation_path: DIR/simulation.yaml
          hub_dir: DIR/hub/
          index_path: DIR/hub/.index.json
          notification_dir: DIR/notifications/
          plugin_dir: DIR/plugins/
        crowdsec_service: {acquisition_path: DIR/acquis.yaml, parser_routines: 1}
        cscli: {output: human}
        db_config: {log_level: error, type: sqlite, db_path: DIR/data/crowdsec.db, use_wal: true}
        api:
          client: {insecure_skip_verify: false, credentials_path: DIR/credentials.yaml}
          server: {log_level: error, listen_uri: "127.0.0.1:18963", profiles_path: DIR/profiles.yaml}
        prometheus: {enabled: false}
        """;

    private CrowdSec() {}

    /** The trial of it, set up in a new directory; the exception says why there can be none. */
    static Trial prepare(Path directory, Log log) throws IOException, InterruptedException {
        Path root = Path.of(System.getenv().getOrDefault("CROWDSEC_ROOT", "/"));
        Path program = root.resolve("usr/bin/crowdsec");
        Path hub = root.resolve("usr/share/crowdsec/hub");
        if (!Files.isExecutable(program) || !Files.isDirectory(hub)) {
            throw new IOException("there is no " + program + "; CROWDSEC_ROOT may name where its package is unpacked");
        }
        Files.createDirectories(directory.resolve("data"));
        Stock.copy(hub, directory.resolve("hub"));
        Stock.copy(root.resolve("etc/crowdsec/patterns"), directory.resolve("patterns"));
        for (String file : HUB) {
            Path link = directory.resolve(file.replace("crowdsecurity/", ""));
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(link, directory.resolve("hub").resolve(file));
        }
        for (String file : List.of("simulation.yaml", "profiles.yaml")) {
            Files.copy(root.resolve("etc/crowdsec").resolve(file), directory.resolve(file));
        }
        Files.createFile(directory.resolve("acquis.yaml"));
        Path config = directory.resolve("config.yaml");
        Files.writeString(config, CONFIGURATION.replace("DIR", directory.toString()));
        List<String> machine = List.of(
                root.resolve("usr/bin/cscli").toString(),
                "-c",
                config.toString(),
                "machines",
                "add",
                "bench",
                "--password",
                "bench-has-no-secrets",
                "--file",
                directory.resolve("credentials.yaml").toString(),
                "--url",
                "http://127.0.0.1:18963");
        new Program(directory, Duration.ofMinutes(1)).run(Trial.peer("cscli", machine, Count.NONE, log));
        return Trial.peer(
                "crowdsec",
                List.of(
                        program.toString(),
                        "-c",
                        config.toString(),
                        "-dsn",
                        "file://" + log.path(),
                        "-type",
                        "apache2"),
                Count.NONE,
                log);
    }
}
