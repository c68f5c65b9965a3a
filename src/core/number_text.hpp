#pragma once

#include <string>

namespace ziffer {

/// 0.3F as `0.3`, where std::to_string says 0.300000: the shortest text that reads back as this
/// float.
std::string number_text(float x);

}  // namespace ziffer
