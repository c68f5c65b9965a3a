// JSON as all rooms read it. One function parses for all, so that the browser’s module holds
// the parser once.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace ziffer {

using Json = nlohmann::ordered_json;

/// Objects and lists may stand this deep in one another: a hostile file must not exhaust the stack.
inline constexpr int kDeepestJson = 32;

/// Whether brackets that are not part of a string never stand deeper than that.
bool is_shallow_json(std::string_view text);

/// The value, or a discarded one where the text is not JSON or too deep.
Json parse_json(std::string_view text);

}  // namespace ziffer
