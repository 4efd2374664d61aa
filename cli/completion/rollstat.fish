# SPDX-License-Identifier: MIT
#
# What fish offers after "rollstat": rollstat itself knows (cli/complete.h).

function __rollstat_words
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    set --erase words[1]
    set -l last (commandline --current-token --cut-at-cursor)
    set -l before (string match --regex -- '^--[^=]*=' $last)
    for line in (rollstat complete $words "$last" 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path (string replace --regex -- '^--[^=]*=' '' $last)
        else
            echo "$before$line"
        end
    end
end

complete --command rollstat --no-files --keep-order --arguments '(__rollstat_words)'
