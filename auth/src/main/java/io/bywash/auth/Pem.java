package io.bywash.auth;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes the text form of certificates and keys (RFC 7468). */
final class Pem {
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([^-\\r\\n]+)-----");

    private Pem() {}

    /** The blocks of a text, in order; at least one. What stands between blocks is ignored. */
    static List<Block> blocks(Content content) throws UnusableException {
        String text = content.text();
        List<Block> blocks = new ArrayList<>();
        Matcher begin = BEGIN.matcher(text);
        int from = 0;
        while (begin.find(from)) {
            String label = begin.group(1).trim();
            int end = text.indexOf("-----END " + label + "-----", begin.end());
            if (end < 0) {
                throw new UnusableException(content.origin() + " has a BEGIN " + label + " line without its END line; "
                        + "the file is cut short or was edited, fetch it again");
            }
            blocks.add(new Block(content.origin(), label, text.substring(begin.end(), end)));
            from = end;
        }
        if (blocks.isEmpty()) {
            throw new UnusableException(content.origin() + " holds no PEM block (-----BEGIN …-----); "
                    + (looksBinary(content)
                            ? "it is binary: give a key store as such, or convert it with openssl"
                            : "check that it is the right file"));
        }
        return blocks;
    }

    static String encode(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static boolean looksBinary(Content content) {
        return content.text().chars().anyMatch(c -> c == 0 || c == '\uFFFD');
    }

    /**
     * One block.
     *
     * @param origin where the text came from
     * @param label the words after BEGIN
     * @param body what stands between the BEGIN and END lines; never to be printed
     */
    record Block(String origin, String label, String body) {

        byte[] der() throws UnusableException {
            try {
                return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
            } catch (IllegalArgumentException e) {
                throw damaged();
            }
        }

        UnusableException damaged() {
            return new UnusableException(origin + " has a damaged " + label + " block; fetch or export the file again");
        }
    }
}
