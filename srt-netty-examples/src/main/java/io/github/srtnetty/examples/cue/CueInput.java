// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.emsg.EmsgForm;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import io.github.srtnetty.examples.cli.FileKind;
import io.github.srtnetty.examples.cli.StandardStreams;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads cues from arguments, files and standard input, in any form: a document as a whole, or one cue per line as
 * lines arrive.
 */
final class CueInput {
    private static final int MOST_BYTES = 64 << 20;
    private static final EmsgForm BOXES = new EmsgForm();

    private final CueText text;
    private final CueReport report;

    /** Creates a reader of cues in this form; null: detect it. */
    CueInput(@Nullable CueFormat from, CueReport report) {
        this.text = new CueText(from);
        this.report = report;
    }

    /** Reads all arguments of a command. */
    void read(List<String> arguments) throws IOException {
        if (arguments.size() > 1 && arguments.stream().allMatch(part -> part.matches("(0[xX])?[0-9a-fA-F]{2}"))) {
            argument(String.join(" ", arguments)); // the bytes of one cue
            return;
        }
        for (String argument : arguments) {
            if (argument.equals("-")) {
                file(null);
            } else {
                argument(argument);
            }
        }
    }

    /** Reads the cue in an argument; if it is not a cue, it may be the name of a file. */
    private void argument(String argument) throws IOException {
        CueDocument document;
        try {
            document = text.read(argument);
        } catch (MalformedDataException e) {
            notACue(argument, e);
            return;
        }
        if (document.cues().isEmpty() && isFile(argument)) {
            file(Path.of(argument));
        } else {
            report.document(Shown.text(argument), document);
        }
    }

    private void notACue(String argument, MalformedDataException failure) throws IOException {
        if (isFile(argument)) {
            file(Path.of(argument));
        } else if (argument.matches("[\\w./ -]{1,200}\\.\\w{2,5}")) {
            report.failure(Shown.text(argument), "no such file, and it is no cue");
        } else {
            boolean isDocument = text.format(argument.getBytes(StandardCharsets.UTF_8)) != null;
            report.failure(isDocument ? "no cue" : Shown.text(argument), failure);
        }
    }

    private static boolean isFile(String argument) {
        try {
            return !argument.isEmpty() && FileKind.of(Path.of(argument)) != FileKind.MISSING;
        } catch (InvalidPathException | IOException e) {
            return false; // too long for a name, for example
        }
    }

    /** Reads a file, standard input where it is null; a file that cannot be opened does not stop the others. */
    private void file(@Nullable Path file) throws IOException {
        InputStream in;
        try {
            in = StandardStreams.input(file);
        } catch (FileSystemException e) {
            report.failure(e);
            return;
        }
        contents(StandardStreams.name(file, "input"), in, file == null);
    }

    private void contents(String name, InputStream unbuffered, boolean isStandardInput) throws IOException {
        try (InputStream in = new BufferedInputStream(unbuffered)) {
            in.mark(ContentFormat.BYTES);
            byte[] start = start(in);
            in.reset();
            CueFormat format = text.format(start);
            if (format == CueFormat.EMSG) {
                report.document(name, BOXES.examine(in));
            } else if (ContentFormat.isTransportStream(start)) {
                throw new IOException(name + ": is a transport stream: srt-netty scte35 FILE prints its cues");
            } else if (ContentFormat.isBinary(start) || isDocument(format, start)) {
                document(name, in);
            } else {
                new CueLines(text, report, isStandardInput ? "" : name).read(in);
            }
        }
    }

    private void document(String name, InputStream in) throws IOException {
        byte[] document = in.readNBytes(MOST_BYTES + 1);
        if (document.length > MOST_BYTES) {
            throw new IOException(name + ": is longer than " + (MOST_BYTES >> 20) + " MiB");
        }
        try {
            report.document(name, text.read(document));
        } catch (MalformedDataException e) {
            report.failure(name, e);
        }
    }

    /** Reads the first line that is not blank; of binary data, as much as needed to detect the form. */
    private static byte[] start(InputStream in) throws IOException {
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        boolean blank = true;
        for (int next = in.read(); next >= 0; next = in.read()) {
            start.write(next);
            blank &= Character.isWhitespace(next);
            boolean lineIsOver = next == '\n' && !blank && isText(start.toByteArray()[0]);
            if (lineIsOver || start.size() == ContentFormat.BYTES) {
                break;
            }
        }
        return start.toByteArray();
    }

    private static boolean isText(byte first) {
        return first >= '\t' && first != 'G' || (first & 0xFF) == 0xEF; // the byte order mark of UTF-8
    }

    /** Returns whether a cue takes more than the first line, so that the lines cannot be read one by one. */
    private boolean isDocument(@Nullable CueFormat format, byte[] start) {
        if (format == null) {
            return false;
        }
        return switch (format) {
            case BASE64, HEX, JSONL -> false;
            case HLS, EMSG -> true;
            case JSON -> !isWholeObject(new String(start, StandardCharsets.UTF_8).strip());
            case XML, XML_BIN, DASH -> !isWhole(start);
        };
    }

    private boolean isWhole(byte[] line) {
        try {
            return text.read(line).failures().isEmpty();
        } catch (MalformedDataException e) {
            return false;
        }
    }

    /** Returns whether a line has as many closing as opening braces, outside of strings. */
    private static boolean isWholeObject(String line) {
        int depth = 0;
        boolean inString = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (inString && c == '\\') {
                i++;
            } else if (c == '"') {
                inString = !inString;
            } else if (!inString) {
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            }
        }
        return line.startsWith("{") && depth == 0 && !inString;
    }
}
