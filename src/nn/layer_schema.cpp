// Apart from config.cpp, since the browser's module does without it.
#include "config/fields.hpp"
#include "config/kinds.hpp"
#include "nn/config.hpp"

namespace ziffer::nn {

Json layer_schema() {
  Json out = Json::list();
  for (const Concept* layer : KindsOf<LayerKind>::kinds.concepts) {
    out.push(Json::object().set("class_name", layer->name).set("fields", listed_fields(*layer)));
  }
  return out;
}

}  // namespace ziffer::nn
