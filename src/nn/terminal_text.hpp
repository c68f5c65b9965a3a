// Text in the cells of a terminal: how wide it is, and how it breaks and ends in a column too
// narrow for it. The rules are those of the `rich` library, which prints Keras's tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ziffer::nn {

/// Cells that UTF-8 text takes: 2 for East Asian wide characters and emoji, 0 for combining marks
/// and control characters.
std::size_t cells(std::string_view text);

/// The lines of `text` in a column of `width` cells: broken between words, a word that is too long
/// cut to end in `…`. Characters stay whole, lines have no trailing blanks; there is always at
/// least one.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

}  // namespace ziffer::nn
