#pragma once

#include <string>

namespace ziffer {

/// 0.3F as `0.3`: the shortest text that reads back as this float. printf's would cost the
/// browser's module 3 KB more.
std::string number_text(float x);

}  // namespace ziffer
