package bailiff.cli;

import bailiff.control.ControlException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.Callable;

/** A command: results go to standard output, messages for people to standard error. One thread. */
abstract class Printing implements Callable<Integer> {

    private PrintWriter out = new PrintWriter(Writer.nullWriter());
    private PrintWriter messages = out;

    /** Where results and messages go from now on; nowhere before. */
    final void writeTo(PrintWriter out, PrintWriter messages) {
        this.out = out;
        this.messages = messages;
    }

    /** Where results go. */
    final PrintWriter out() {
        return out;
    }

    /** Where messages for people go. */
    final PrintWriter messages() {
        return messages;
    }

    /** Does what was asked and gives the exit code. */
    @Override
    public abstract Integer call() throws ControlException, InterruptedException, IOException;
}
