package bailiff.demo;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stage with real packets, or why there is none.
 *
 * @param stage the stage; null where this machine does not allow it
 * @param reason why not, as a sentence; empty otherwise
 */
record NetworkChoice(@Nullable NetworkStage stage, String reason) {

    /** Tries to set the stage. */
    static NetworkChoice find(Site site, List<Scene> scenes) throws InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new NetworkChoice(null, "As root the demo drops real packets.");
        }
        try {
            List<String> addresses =
                    scenes.stream().flatMap(scene -> scene.addresses().stream()).toList();
            NetworkStage stage = NetworkStage.set(site, addresses);
            if (!stage.hasFirewall()) {
                stage.close();
                return new NetworkChoice(null, "Real packets need nft ('apt-get install nftables').");
            }
            return new NetworkChoice(stage, "");
        } catch (IOException e) {
            return new NetworkChoice(
                    null, "Real packets need network namespaces, and there are none (" + e.getMessage() + ").");
        }
    }
}
