// Apart from config.cpp, since the browser's module does without it.
#include <utility>

#include "config/fields.hpp"
#include "nn/config.hpp"

namespace ziffer::nn {
namespace {

template <class L>
Json described() {
  return {{"class_name", L::kClass}, {"fields", listed_fields<L>()}};
}

template <std::size_t... I>
Json all(std::index_sequence<I...>) {
  return Json::array({described<std::variant_alternative_t<I, LayerKind>>()...});
}

}  // namespace

Json layer_schema() { return all(std::make_index_sequence<std::variant_size_v<LayerKind>>{}); }

}  // namespace ziffer::nn
