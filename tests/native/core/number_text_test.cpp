#include "core/number_text.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdlib>

#include "core/rng.hpp"

namespace ziffer {

TEST_CASE("number_text is short where a few digits say it all") {
  CHECK(number_text(0.3F) == "0.3");
  CHECK(number_text(-1.5F) == "-1.5");
  CHECK(number_text(0.0F) == "0");
  CHECK(number_text(1e30F) == "1e+30");
  CHECK(number_text(NAN) == "nan");
}

TEST_CASE("number_text reads back as the same float") {
  Rng rng(7, 0);
  for (int i = 0; i < 20000; ++i) {
    const auto x = std::bit_cast<float>(static_cast<std::uint32_t>(rng.next()));
    if (std::isnan(x)) continue;
    CHECK(std::bit_cast<std::uint32_t>(std::strtof(number_text(x).c_str(), nullptr)) ==
          std::bit_cast<std::uint32_t>(x));
  }
}

}  // namespace ziffer
