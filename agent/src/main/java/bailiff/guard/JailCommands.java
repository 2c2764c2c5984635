package bailiff.guard;

import bailiff.config.JailDefinition;
import bailiff.config.LogPath;
import bailiff.control.ControlException;
import bailiff.filter.FilterDefinition;
import bailiff.wire.Value;
import java.util.List;
import java.util.Locale;

/** fail2ban's {@code get JAIL} and {@code set JAIL}. Safe for any thread. */
final class JailCommands {

    private static final String INCREMENT = "bantime.";

    private final Guard guard;
    private final BanCommands bans;

    JailCommands(Guard guard, BanCommands bans) {
        this.guard = guard;
        this.bans = bans;
    }

    private JailDefinition jail(String name) throws Refused {
        return Alterations.jail(guard.inForce().now(), name).definition();
    }

    /** What {@code get JAIL OPTION} tells. */
    Value get(Words words) throws Refused, ControlException {
        String name = words.text(0);
        String option = words.text(1);
        return switch (option) {
            case "banned" -> bans.banned(name, words.texts(2));
            case "banip" -> bans.banip(name, words.size() > 2 && words.text(2).equals("--with-time"));
            case "logpath" -> logpath(name);
            case "actions" -> ActionAnswers.names(jail(name));
            case "action" -> {
                String action = words.text(2);
                String property = words.text(3);
                yield ActionAnswers.property(jail(name), ActionAnswers.named(jail(name), action), property);
            }
            case "actionproperties" -> ActionAnswers.properties(ActionAnswers.named(jail(name), words.text(2)));
            case "actionmethods" -> {
                ActionAnswers.named(jail(name), words.text(2));
                yield ActionAnswers.methods();
            }
            default -> option(name, option);
        };
    }

    private Value option(String name, String option) throws Refused {
        return switch (option) {
            case "logencoding" -> Value.of(jail(name).sources().encoding().name());
            case "journalmatch" -> JailAnswers.journalmatch(jail(name).sources());
            case "ignoreself" -> Value.of(jail(name).exemptions().ignoreself());
            case "ignoreip" -> JailAnswers.ignoreip(jail(name));
            case "ignorecommand" -> JailAnswers.ignorecommand(jail(name).exemptions());
            case "ignorecache" -> JailAnswers.ignorecache(jail(name).exemptions());
            case "prefregex" -> Value.of(jail(name).filter().prefregex());
            case "failregex" -> Value.texts(jail(name).filter().failregex());
            case "ignoreregex" -> Value.texts(jail(name).filter().ignoreregex());
            case "usedns" -> Value.of(jail(name).filter().usedns());
            case "findtime" -> JailAnswers.seconds(jail(name).limits().findtime());
            case "datepattern" -> DatePatternName.of(jail(name).filter().datepattern());
            case "logtimezone" -> JailAnswers.logtimezone(jail(name).filter().zone());
            case "maxmatches" -> Value.of(jail(name).limits().maxmatches());
            case "maxretry" -> Value.of(jail(name).limits().maxretry());
            case "maxlines" -> Value.of(jail(name).filter().maxlines());
            case "bantime" -> JailAnswers.bantime(jail(name));
            default -> {
                if (!option.startsWith(INCREMENT)) {
                    throw Refused.because("Invalid command (no get action or not yet implemented)");
                }
                yield JailAnswers.increment(jail(name).limits().increment(), option.substring(INCREMENT.length()));
            }
        };
    }

    private Value logpath(String name) throws Refused, ControlException {
        return JailAnswers.readsJournal(jail(name).sources())
                ? Value.texts(List.of())
                : Value.texts(Answers.ask(bans.loop(name), JailAnswers::files));
    }

    /** What {@code set JAIL OPTION VALUE} comes to. */
    Value set(Words words) throws Refused, ControlException {
        String name = words.text(0);
        String option = words.text(1);
        return switch (option) {
            case "banip" -> bans.ban(name, words.texts(2));
            case "unbanip" -> unban(name, words);
            case "attempt" -> bans.attempt(name, words.text(2), words.texts(3));
            case "idle" -> idle(name, words.text(2));
            case "addlogpath", "dellogpath" -> logs(name, option, words);
            case "addaction", "delaction", "action" -> action(name, option, words);
            case "addfailregex", "delfailregex", "addignoreregex", "delignoreregex", "prefregex" ->
                expressions(name, option, words);
            default -> simple(name, option, words);
        };
    }

    private Value unban(String name, Words words) throws Refused, ControlException {
        boolean reportAbsent = words.text(2).equals("--report-absent");
        return bans.unban(name, words.texts(reportAbsent ? 3 : 2), reportAbsent);
    }

    private Value idle(String name, String value) throws Refused, ControlException {
        if (!value.equals("on") && !value.equals("off")) {
            throw Refused.because("Invalid idle option, must be 'on' or 'off'");
        }
        boolean idle = value.equals("on");
        bans.loop(name).idle(idle);
        // It may be reading just now; when it answers, it has heard.
        Answers.ask(bans.loop(name), JailAnswers::files);
        return Value.of(idle);
    }

    private Value logs(String name, String option, Words words) throws Refused, ControlException {
        String file = words.text(2);
        if (option.equals("dellogpath")) {
            List<String> read = Answers.ask(bans.loop(name), JailAnswers::files);
            alter(name, jail -> SourceSettings.removeLog(jail, file, read));
            return logpath(name);
        }
        String start = words.size() == 4 ? words.text(3).toLowerCase(Locale.ROOT) : "head";
        if (!start.equals("head") && !start.equals("tail")) {
            throw Refused.value("File option must be 'head' or 'tail'");
        }
        if (words.size() > 4) {
            throw Refused.value("Only one file can be added at a time");
        }
        jail(name);
        alter(
                name,
                jail -> SourceSettings.addLog(
                        jail, file, start.equals("tail") ? LogPath.Start.TAIL : LogPath.Start.HEAD));
        return logpath(name);
    }

    private Value action(String name, String option, Words words) throws Refused, ControlException {
        String action = words.text(2);
        if (option.equals("addaction")) {
            if (words.size() > 3) {
                throw Refused.because("Bailiff runs no actions that are Python programs");
            }
            alter(name, jail -> ActionAnswers.add(jail, action));
            return Value.of(action);
        }
        if (option.equals("delaction")) {
            alter(name, jail -> ActionAnswers.remove(jail, action));
            return Value.none();
        }
        String property = words.text(3);
        ActionAnswers.named(jail(name), action);
        ActionAnswers.refuseMethod(property);
        String value = words.text(4);
        alter(name, jail -> ActionAnswers.set(jail, action, property, value));
        return ActionAnswers.property(jail(name), ActionAnswers.named(jail(name), action), property);
    }

    private Value expressions(String name, String option, Words words) throws Refused, ControlException {
        String value = words.text(2);
        List<String> added = words.value(2) instanceof Value.Sequence(List<Value> several)
                ? several.stream().map(Value::str).toList()
                : List.of(value);
        int index = option.startsWith("del") ? words.number(2) : 0;
        alter(name, jail -> {
            FilterDefinition now = jail.filter();
            return switch (option) {
                case "addfailregex" -> SourceSettings.failregex(jail, SourceSettings.with(now.failregex(), added));
                case "delfailregex" -> SourceSettings.failregex(jail, SourceSettings.without(now.failregex(), index));
                case "addignoreregex" ->
                    SourceSettings.ignoreregex(jail, SourceSettings.with(now.ignoreregex(), added));
                case "delignoreregex" ->
                    SourceSettings.ignoreregex(jail, SourceSettings.without(now.ignoreregex(), index));
                default -> SourceSettings.prefregex(jail, value);
            };
        });
        return option(name, option.equals("prefregex") ? option : option.substring("add".length()));
    }

    private Value simple(String name, String option, Words words) throws Refused, ControlException {
        return switch (option) {
            case "ignoreself" -> set(name, option, jail -> JailSettings.ignoreself(jail, words.truth(2)));
            case "addignoreip" -> set(name, "ignoreip", jail -> JailSettings.addIgnoreip(jail, words.texts(2)));
            case "delignoreip" -> set(name, "ignoreip", jail -> JailSettings.removeIgnoreip(jail, words.text(2)));
            case "ignorecommand" -> {
                alter(name, jail -> JailSettings.ignorecommand(jail, words.text(2)));
                yield Value.of(words.text(2));
            }
            case "ignorecache" -> set(name, option, jail -> JailSettings.ignorecache(jail, words.text(2)));
            case "logencoding" -> {
                alter(name, jail -> SourceSettings.logencoding(jail, words.text(2)));
                yield words.text(2).equalsIgnoreCase("auto") ? option(name, option) : Value.of(words.text(2));
            }
            case "addjournalmatch" ->
                set(name, "journalmatch", jail -> SourceSettings.addJournalmatch(jail, words.texts(2)));
            case "deljournalmatch" ->
                set(name, "journalmatch", jail -> SourceSettings.removeJournalmatch(jail, words.texts(2)));
            case "usedns" -> set(name, option, jail -> SourceSettings.usedns(jail, words.text(2)));
            case "findtime" -> set(name, option, jail -> JailSettings.findtime(jail, words.text(2)));
            case "bantime" -> set(name, option, jail -> JailSettings.bantime(jail, words.text(2)));
            case "datepattern" -> set(name, option, jail -> SourceSettings.datepattern(jail, words.text(2)));
            case "logtimezone" -> {
                alter(name, jail -> SourceSettings.logtimezone(jail, words.text(2)));
                yield Value.of(words.text(2));
            }
            case "maxmatches" -> set(name, option, jail -> JailSettings.maxmatches(jail, words.number(2)));
            case "maxretry" -> set(name, option, jail -> JailSettings.maxretry(jail, words.number(2)));
            case "maxlines" -> set(name, option, jail -> SourceSettings.maxlines(jail, words.number(2)));
            default -> increment(name, option, words);
        };
    }

    private Value increment(String name, String option, Words words) throws Refused, ControlException {
        if (!option.startsWith(INCREMENT)) {
            throw Refused.because(
                    "Invalid command " + Value.of(option).repr() + " (no set action or not yet implemented)");
        }
        jail(name);
        String text = words.text(2);
        String part = option.substring(INCREMENT.length());
        alter(name, jail -> JailSettings.increment(jail, part, text));
        // fail2ban tells a switch that is off from one that nobody has touched.
        return part.equals("increment") && !text.isEmpty()
                ? Value.of(jail(name).limits().increment().on())
                : option(name, option);
    }

    private Value set(String name, String option, Alterations.JailAlteration alteration)
            throws Refused, ControlException {
        alter(name, alteration);
        return option(name, option);
    }

    private void alter(String name, Alterations.JailAlteration alteration) throws Refused, ControlException {
        guard.inForce().alter(plan -> Alterations.alter(plan, name, alteration));
    }
}
