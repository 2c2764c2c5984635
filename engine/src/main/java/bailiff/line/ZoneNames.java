package bailiff.line;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Abbreviations of time zones, each with one offset the whole year round. Stateless. */
final class ZoneNames {

    /*
     * Which of several zones an abbreviation stands for (CST is also China's) is decided as fail2ban decides it, since
     * its configurations rely on that. A name in winter and one in summer are two zones here. MIT and the like are no
     * longer in use; they are here because a configuration may still say them.
     */
    private static final String TABLE = """
            ACDT+1030 ACST+0930 ACT+0800 ADT-0300 AEDT+1100 AEST+1000 AFT+0430 AKDT-0800 AKST-0900 ALMT+0600
            AMST+0500 AMT+0400 ANAST+1200 ANAT+1200 AQTT+0500 ART-0300 AST-0400 AWDT+0900 AWST+0800
            AZOT-0100 AZST+0500 AZT+0400 BDT+0800 BIOT+0600 BNT+0800 BOT-0400 BRST-0200 BRT-0300 BTT+0600
            CAST+0800 CAT+0200 CCT+0630 CDT-0500 CEDT+0200 CEST+0200 CET+0100 CIST-0800 CKT-1000 CLST-0300
            CLT-0400 COST-0400 COT-0500 CST-0600 CVT-0100 CXT+0700 DAVT+0700 DFT+0100 EASST-0500 EAST-0600
            EAT+0300 ECT-0500 EDT-0400 EEDT+0300 EEST+0300 EET+0200 EGST+0000 EGT-0100 EST-0500 ET-0500
            FJST+1300 FJT+1200 FKST-0300 FKT-0400 FNT-0200 GALT-0600 GAMT-0900 GET+0400 GFT-0300 GILT+1200
            GIT-0900 GMT+0000 GST+0400 GYT-0400 HAA-0300 HAC-0500 HADT-0900 HAE-0400 HAP-0700 HAR-0600
            HAST-1000 HAT-0230 HAY-0800 HKT+0800 HLV-0430 HMT+0500 HNA-0400 HNC-0600 HNE-0500 HNP-0800
            HNR-0700 HNT-0330 HNY-0900 HOVT+0700 HST-1000 ICT+0700 IDT+0300 IOT+0600 IRDT+0430 IRKST+0900
            IRKT+0800 IRST+0330 JST+0900 KGT+0600 KRAST+0800 KRAT+0700 KST+0900 KUYT+0400 LHDT+1100
            LHST+1030 MAGST+1200 MAGT+1100 MART-0930 MAWT+0500 MDT-0600 MHT+1200 MIT-0930 MMT+0630 MSD+0400
            MSK+0300 MST-0700 MUT+0400 MVT+0500 MYT+0800 NCT+1100 NDT-0230 NFT+1130 NOVST+0700 NOVT+0600
            NPT+0545 NST-0330 NT-0330 NUT-1100 NZDT+1300 NZST+1200 OMSST+0700 OMST+0600 PDT-0700 PET-0500
            PETST+1200 PETT+1200 PGT+1000 PHT+0800 PKT+0500 PMDT-0200 PMST-0300 PONT+1100 PST-0800 PT-0800
            PWT+0900 PYST-0300 PYT-0400 RET+0400 SAMT+0400 SAST+0200 SBT+1100 SCT+0400 SGT+0800 SLT+0530
            SRT-0300 SST-1100 TAHT-1000 TFT+0500 THA+0700 TJT+0500 TKT-1000 TLT+0900 TMT+0500 TVT+1200
            ULAT+0800 UTC+0000 UYST-0200 UYT-0300 UZT+0500 VET-0430 VLAST+1100 VLAT+1000 VUT+1100 WAST+0200
            WAT+0100 WDT+0900 WEDT+0100 WEST+0100 WET+0000 WFT+1200 WGST-0200 WGT-0300 WIB+0700 WIT+0900
            WITA+0800 WST+0800 WT+0000 YAKST+1000 YAKT+0900 YAPT+1000 YEKST+0600 YEKT+0500
            """;

    /** The letters of military zones, from -12 to +12 hours; J stands for local time and is none. */
    private static final String LETTERS = "YXWVUTSRQPONZABCDEFGHIKLM";

    private static final Map<String, Integer> MINUTES = read();

    private ZoneNames() {}

    private static Map<String, Integer> read() {
        Map<String, Integer> minutes = new HashMap<>();
        for (String entry : TABLE.split("\\s+", -1)) {
            int sign = entry.length() - 5;
            if (sign > 0) {
                int number = Integer.parseInt(entry, sign, entry.length(), 10);
                minutes.put(entry.substring(0, sign), number / 100 * 60 + number % 100);
            }
        }
        for (int i = 0; i < LETTERS.length(); i++) {
            minutes.put(LETTERS.substring(i, i + 1), (i - 12) * 60);
        }
        return Map.copyOf(minutes);
    }

    static boolean isKnown(String name) {
        return MINUTES.containsKey(name);
    }

    /** Minutes east of Greenwich of a known name. */
    static int minutes(String name) {
        return MINUTES.getOrDefault(name, 0);
    }

    /**
     * An expression that takes the known names of three letters and more, and Z, in capitals only; most places of a line
     * are passed over by what is looked for first.
     */
    static String regex() {
        return MINUTES.keySet().stream()
                .filter(name -> name.length() > 2 || name.equals("Z"))
                .sorted()
                .collect(Collectors.joining("|", "(?-i:(?=[A-Z]{3}|Z)(?:", "))"));
    }
}
