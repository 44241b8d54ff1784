// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.edit;

import io.github.srtnetty.relay.edit.JsonSpan.Member;
import io.github.srtnetty.relay.http.JsonTree;
import java.io.IOException;
import java.util.List;

/**
 * A text of JSON with comments whose members can be set and removed; all other characters stay unchanged. Immutable.
 *
 * @param text the text
 */
record JsonText(String text) {
    private static final String INDENT = "  ";

    /** Returns the text with a value for a key of the object under a path, which exists. */
    JsonText set(List<String> path, String key, String value) throws IOException {
        JsonSpan object = object(path);
        Member known = object.member(key);
        if (known != null) {
            return replaced(known.valueStart(), known.valueEnd(), value);
        }
        String member = JsonTree.text(key) + ": " + value;
        List<Member> members = object.members();
        return members.isEmpty() ? first(object, member) : after(members.get(members.size() - 1), member);
    }

    /** Returns the text without a key of the object under a path, which exists. */
    JsonText remove(List<String> path, String key) throws IOException {
        List<Member> members = object(path).members();
        int index = 0;
        while (index < members.size() && !members.get(index).key().equals(key)) {
            index++;
        }
        if (index == members.size()) {
            return this;
        }
        Member member = members.get(index);
        if (index < members.size() - 1) {
            int end = comma(member.valueEnd()) + 1;
            return removed(member.nameStart(), text.startsWith(" ", end) ? end + 1 : end);
        }
        if (index == 0) {
            return removed(member.nameStart(), member.valueEnd());
        }
        int start = text.startsWith(" ", member.nameStart() - 1) ? member.nameStart() - 1 : member.nameStart();
        int comma = comma(members.get(index - 1).valueEnd());
        return removed(Math.max(start, comma + 1), member.valueEnd()).replaced(comma, comma + 1, "");
    }

    /** Removes characters, and their line if nothing else is left in it. */
    private JsonText removed(int start, int end) {
        return replaced(start, end, "").withoutBlankLine(start);
    }

    private JsonSpan object(List<String> path) throws IOException {
        JsonSpan object = JsonSpan.find(text, path);
        if (object == null) {
            throw new IOException("there is no object " + String.join("/", path));
        }
        return object;
    }

    private JsonText first(JsonSpan object, String member) {
        String outer = indentation(object.start());
        int behind = object.start() + 1;
        boolean closes = text.startsWith("}", behind);
        String rest = closes ? newline() + outer : "";
        return replaced(behind, behind, newline() + outer + INDENT + member + rest);
    }

    /** Adds a member after the last one; a trailing comment of that one stays on its line. */
    private JsonText after(Member last, String member) {
        boolean ownLine =
                text.substring(lineStart(last.nameStart()), last.nameStart()).isBlank();
        if (!ownLine) {
            return replaced(last.valueEnd(), last.valueEnd(), ", " + member);
        }
        String line = newline() + indentation(last.nameStart()) + member;
        int end = lineEnd(last.valueEnd());
        String comment = text.substring(last.valueEnd(), end).strip();
        boolean whole = comment.isEmpty()
                || comment.startsWith("//")
                || comment.startsWith("/*") && comment.indexOf("*/") == comment.length() - 2;
        int place = whole ? end : last.valueEnd();
        return replaced(place, place, line).replaced(last.valueEnd(), last.valueEnd(), ",");
    }

    /** Returns the index of the comma that follows a value, behind white space and comments. */
    private int comma(int from) {
        int index = from;
        while (text.charAt(index) != ',') {
            if (text.startsWith("//", index)) {
                index = text.indexOf('\n', index);
            } else if (text.startsWith("/*", index)) {
                index = text.indexOf("*/", index) + 1;
            }
            index++;
        }
        return index;
    }

    private JsonText withoutBlankLine(int index) {
        int start = lineStart(index);
        int end = text.indexOf('\n', index);
        return end >= 0 && text.substring(start, end).isBlank() ? replaced(start, end + 1, "") : this;
    }

    private JsonText replaced(int start, int end, String by) {
        return new JsonText(text.substring(0, start) + by + text.substring(end));
    }

    private String indentation(int index) {
        int start = lineStart(index);
        int end = start;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return text.substring(start, end);
    }

    private int lineStart(int index) {
        return text.lastIndexOf('\n', index - 1) + 1;
    }

    private int lineEnd(int index) {
        int end = text.indexOf(newline(), index);
        return end < 0 ? text.length() : end;
    }

    private String newline() {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    /** Leaves out the text, which holds secrets. */
    @Override
    public String toString() {
        return "JsonText of " + text.length() + " characters";
    }
}
